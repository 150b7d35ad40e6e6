package org.headgate.rule.replay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headgate.data.api.Column;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;

/**
 * The columns of streams as {@code CREATE STREAM name (column TYPE, ...) WITH (...);} writes them, in the dialect of LF Edge eKuiper: BIGINT, FLOAT, STRING,
 * BOOLEAN, BYTEA, ARRAY(...), STRUCT(...); DATETIME is milliseconds. What stands behind WITH is about connections there, and is left aside.
 */
final class StreamSchemas {
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:--[^\n]*\n\\s*)*(?:`([^`]+)`|([A-Za-z_][A-Za-z0-9_]*)|(\"[^\"]*\"|'[^']*'|[(),;=]|[^\\s]))");
    private static final int DEEPEST = 32;
    private final List<String> tokens = new ArrayList<>();
    private int at;

    private StreamSchemas(String text) {
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.lookingAt()) {
            String name = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
            tokens.add(name == null ? matcher.group(3) : "`" + name);
            matcher.region(matcher.end(), text.length());
        }
    }

    /** The streams of a text, in its order. */
    static Map<String, Schema> read(String text) throws ReplayException {
        return new StreamSchemas(text).statements();
    }

    private Map<String, Schema> statements() throws ReplayException {
        Map<String, Schema> streams = new LinkedHashMap<>();
        while (at < tokens.size()) {
            word("CREATE");
            word("STREAM");
            String name = name("a stream's name");
            List<Column> columns = columns(0);
            try {
                if (streams.put(name, Schema.of(columns)) != null) {
                    throw new ReplayException("stream " + name + " is there already (expected: each stream once)");
                }
            } catch (IllegalArgumentException twice) {
                throw new ReplayException("stream " + name + ": " + twice.getMessage());
            }
            if (is("`WITH")) {
                at++;
                skipParentheses();
            }
            if (at < tokens.size()) {
                expect(";");
            }
        }
        return streams;
    }

    private List<Column> columns(int depth) throws ReplayException {
        List<Column> columns = new ArrayList<>();
        expect("(");
        do {
            columns.add(Column.of(name("a column's name"), type(depth)));
        } while (skip(","));
        expect(")");
        return columns;
    }

    private Type type(int depth) throws ReplayException {
        String type = name("a type").toUpperCase(Locale.ROOT);
        if (depth > DEEPEST) {
            throw new ReplayException("types are nested deeper than " + DEEPEST + " levels");
        }
        switch (type) {
            case "BIGINT", "DATETIME":
                return Type.LONG;
            case "FLOAT":
                return Type.DOUBLE;
            case "STRING":
                return Type.STRING;
            case "BOOLEAN":
                return Type.BOOLEAN;
            case "BYTEA":
                return Type.BYTES;
            case "ARRAY":
                expect("(");
                type(depth + 1);
                expect(")");
                return Type.ARRAY;
            case "STRUCT":
                columns(depth + 1);
                return Type.STRUCT;
            default:
                at--;
                throw wrong("BIGINT, FLOAT, STRING, BOOLEAN, DATETIME, BYTEA, ARRAY(...) or STRUCT(...)");
        }
    }

    private void skipParentheses() throws ReplayException {
        expect("(");
        for (int open = 1; open > 0; at++) {
            if (at == tokens.size()) {
                throw wrong(")");
            }
            open += is("(") ? 1 : is(")") ? -1 : 0;
        }
    }

    private String name(String expected) throws ReplayException {
        if (at == tokens.size() || !tokens.get(at).startsWith("`")) {
            throw wrong(expected);
        }
        return tokens.get(at++).substring(1);
    }

    private void word(String word) throws ReplayException {
        if (at == tokens.size() || !tokens.get(at).equalsIgnoreCase("`" + word)) {
            throw wrong(word);
        }
        at++;
    }

    private void expect(String token) throws ReplayException {
        if (!skip(token)) {
            throw wrong(token);
        }
    }

    private boolean skip(String token) {
        if (!is(token)) {
            return false;
        }
        at++;
        return true;
    }

    private boolean is(String token) {
        return at < tokens.size() && tokens.get(at).equalsIgnoreCase(token);
    }

    private ReplayException wrong(String expected) {
        String found = at < tokens.size() ? tokens.get(at) : "the end";
        return new ReplayException("expected " + expected + ", found "
                + RecordingReader.printable(found.startsWith("`") ? found.substring(1) : found));
    }
}
