package org.headgate.rule.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.Vocabulary;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.headgate.rule.language.grammar.RuleSqlLexer;

/** Turns the first error of syntax into words that a person understands, and stops the parser. */
final class FirstError extends BaseErrorListener {
    private static final Set<String> BEGIN_EXPRESSION = Set.of(
            "(",
            "-",
            "*",
            "NOT",
            "CASE",
            "INTEGER",
            "DECIMAL",
            "STRING",
            "TRUE",
            "FALSE",
            "NULL",
            "IDENTIFIER",
            "QUOTED");
    /** Keywords that are names, too, wherever a name may stand. */
    private static final Set<String> NAMES = Set.of(
            "INVISIBLE",
            "EXCEPT",
            "REPLACE",
            "INNER",
            "LEFT",
            "RIGHT",
            "FULL",
            "CROSS",
            "JOIN",
            "ON",
            "FILTER",
            "OVER",
            "PARTITION",
            "ORDER",
            "ASC",
            "DESC",
            "LIMIT",
            "CREATE",
            "STREAM",
            "TABLE",
            "WITH",
            "ARRAY",
            "STRUCT");

    /** What may stand before JOIN: the one word says enough. */
    private static final Set<String> JOINS = Set.of("INNER", "LEFT", "RIGHT", "FULL", "CROSS");

    /** What may stand behind a value. */
    private static final Set<String> OPERATORS = Set.of(
            "->", ".", "[", "*", "/", "%", "&", "+", "-", "|", "^", "=", "!=", "<>", "<", "<=", ">", ">=", "(", "AND",
            "OR", "NOT", "BETWEEN", "IN", "LIKE", "IS");

    @Override
    public void syntaxError(
            Recognizer<?, ?> recognizer,
            Object offending,
            int line,
            int charPositionInLine,
            String message,
            RecognitionException cause) {
        String complaint = recognizer instanceof Parser parser && offending instanceof Token token
                ? "expected " + expected(parser, cause) + ", found " + found(token) + hint(parser, token)
                : "expected another character";
        throw new ParseCancellationException(new RuleException(new Position(line, charPositionInLine + 1), complaint));
    }

    private static String expected(Parser parser, RecognitionException cause) {
        Set<String> tokens = new TreeSet<>();
        boolean recovering = cause == null || cause.getExpectedTokens() == null;
        for (int type : (recovering ? parser.getExpectedTokens() : cause.getExpectedTokens()).toList()) {
            tokens.add(name(parser.getVocabulary(), type));
        }
        return join(words(tokens));
    }

    private static List<String> words(Set<String> tokens) {
        List<String> words = new ArrayList<>();
        if (tokens.contains("IDENTIFIER")) {
            tokens.removeAll(NAMES);
        }
        if (tokens.contains("JOIN")) {
            tokens.removeAll(JOINS);
        }
        if (tokens.removeIf(token -> token.endsWith("WINDOW"))) {
            words.add("a window");
        }
        if (tokens.contains("INTEGER") && tokens.contains("STRING")) {
            words.add("an expression");
            tokens.removeAll(BEGIN_EXPRESSION);
        }
        boolean operator = tokens.contains("->");
        if (operator) {
            tokens.removeAll(OPERATORS);
        }
        tokens.remove(";");
        boolean named = tokens.remove("QUOTED");
        boolean end = tokens.remove("EOF");
        for (String token : tokens) {
            words.add(
                    switch (token) {
                        case "IDENTIFIER" -> named ? "a name" : "a type";
                        case "INTEGER" -> "a whole number";
                        case "GROUP" -> "GROUP BY";
                        case "ORDER" -> "ORDER BY";
                        default -> quoted(token);
                    });
        }
        if (operator) {
            words.add("an operator");
        }
        if (end) {
            words.add("the end");
        }
        return words;
    }

    private static String quoted(String token) {
        return Character.isLetter(token.charAt(0)) ? token : "'" + token + "'";
    }

    private static String join(List<String> words) {
        int last = words.size() - 1;
        return last < 1 ? String.join("", words) : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
    }

    private static String name(Vocabulary vocabulary, int type) {
        if (type == Token.EOF) {
            return "EOF";
        }
        String literal = vocabulary.getLiteralName(type);
        return literal == null ? vocabulary.getSymbolicName(type) : literal.substring(1, literal.length() - 1);
    }

    /** The commonest slip of all: a device's name may hold a minus, a name in SQL may not. */
    private static String hint(Parser parser, Token token) {
        Token before = parser.getInputStream().LT(-1);
        boolean afterName = before != null && before.getType() == RuleSqlLexer.IDENTIFIER;
        return afterName && token.getText().equals("-") ? " (a name with a - is written in `backticks`)" : "";
    }

    private static String found(Token token) {
        if (token.getType() == Token.EOF) {
            return "the end";
        }
        if (token.getType() == RuleSqlLexer.OTHER) {
            return switch (token.getText()) {
                case "'", "\"" -> "a text that is not closed";
                case "`" -> "a name that is not closed";
                default -> token.getText();
            };
        }
        return token.getType() == RuleSqlLexer.OPEN_COMMENT ? "a comment that is not closed" : token.getText();
    }
}
