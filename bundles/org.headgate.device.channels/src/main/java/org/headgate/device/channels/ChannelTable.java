package org.headgate.device.channels;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.headgate.config.api.Problem;
import org.headgate.config.api.Settings;
import org.headgate.config.api.Texts;

/**
 * Channels as a table in a CSV file (RFC 4180), for spreadsheets: a column for each option of the gateway's own, and {@code options}
 * for the driver's. All methods may be called from any thread.
 */
public final class ChannelTable {
    private static final String NAME = "name";
    private static final String SOURCE = "source";
    private static final String TYPE = "type";
    private static final String OPTIONS = "options";
    private static final List<String> COLUMNS = Stream.of(
                    List.of(NAME, SOURCE, TYPE), ChannelOptions.OWN, List.of(OPTIONS))
            .flatMap(List::stream)
            .toList();
    private static final List<String> NUMBERS = List.of("scale", "offset", "min", "max", "deadband", "safe");
    private static final String DECIMAL_COMMA = "[+-]?\\d+,\\d+";

    private final List<Csv.Fault> faults = new ArrayList<>();
    private final Map<String, ChannelText> channels = new LinkedHashMap<>();
    private final Map<String, Integer> lineOfName = new HashMap<>();

    private ChannelTable() {}

    /**
     * What a file says.
     *
     * @param channels the channels of the lines that are right, in the file's order
     * @param problems one line for the user each, such as {@code line 7: scale: 0,1 (expected: a decimal point: 0.1)}; empty when all is
     *     right
     */
    public record Contents(List<ChannelText> channels, List<String> problems) {
        public Contents {
            channels = List.copyOf(channels);
            problems = List.copyOf(problems);
        }
    }

    /** The channels as CSV: a header line, then a line each, with CRLF (RFC 4180 clause 2). */
    public static String write(List<ChannelText> channels) {
        StringBuilder csv = new StringBuilder(String.join(",", COLUMNS)).append("\r\n");
        for (ChannelText channel : channels) {
            csv.append(COLUMNS.stream()
                            .map(column -> Csv.field(cell(channel, column)))
                            .collect(Collectors.joining(",")))
                    .append("\r\n");
        }
        return csv.toString();
    }

    /**
     * Reads CSV as {@link #write} makes it, and as spreadsheets change it: columns in any order, the separator {@code ;} or a tab, blanks
     * around a cell, empty lines and columns at the end.
     */
    public static Contents read(String csv) {
        ChannelTable table = new ChannelTable();
        Csv file = Csv.parse(csv);
        if (file.lines().isEmpty()) {
            String expected = "a line with the names of the columns: " + String.join(",", COLUMNS);
            table.faults.add(new Csv.Fault(1, "missing (expected: " + expected + ")"));
        } else {
            List<String> header = table.header(file.lines().get(0));
            if (table.faults.isEmpty()) {
                file.lines().stream().skip(1).forEach(line -> table.line(header, line));
            }
        }
        table.faults.addAll(file.faults());
        table.faults.sort(Comparator.comparingInt(Csv.Fault::line));
        return new Contents(
                List.copyOf(table.channels.values()),
                table.faults.stream().map(Csv.Fault::toString).toList());
    }

    private static String cell(ChannelText channel, String column) {
        return switch (column) {
            case NAME -> channel.name();
            case SOURCE -> channel.source();
            case TYPE -> channel.type().orElse("");
            case OPTIONS ->
                channel.options().entrySet().stream()
                        .filter(option -> !ChannelOptions.OWN.contains(option.getKey()))
                        .map(option -> option.getKey() + "=" + option.getValue())
                        .collect(Collectors.joining(" "));
            default -> channel.options().getOrDefault(column, "");
        };
    }

    private List<String> header(Csv.Line line) {
        List<String> names = new ArrayList<>();
        for (String field : line.fields()) {
            String name = strip(field).toLowerCase(Locale.ROOT);
            if (!name.isEmpty() && !COLUMNS.contains(name)) {
                String expected = Texts.nearest(name, COLUMNS)
                        .map(known -> "did you mean " + known + "?")
                        .orElse("one of " + String.join(", ", COLUMNS));
                wrong(line, new Problem("column " + strip(field), "unknown", expected));
            } else if (!name.isEmpty() && names.contains(name)) {
                wrong(line, new Problem("column " + name, "twice", "each column once"));
            }
            names.add(name);
        }
        if (!names.contains(NAME)) {
            wrong(line, new Problem("column " + NAME, "", "a column with the channels' names"));
        }
        return names;
    }

    private void line(List<String> header, Csv.Line line) {
        int before = faults.size();
        Map<String, String> cells = new HashMap<>();
        for (int i = 0; i < line.fields().size(); i++) {
            String column = i < header.size() ? header.get(i) : "";
            String cell = strip(line.fields().get(i));
            if (!cell.isEmpty()) {
                check(line, column, cell);
                cells.put(column, cell);
            }
        }
        String name = cells.getOrDefault(NAME, "");
        if (name.isEmpty()) {
            wrong(line, new Problem(NAME, "", "the channel's name"));
        } else if (lineOfName.putIfAbsent(name, line.number()) != null) {
            wrong(line, new Problem(NAME, name, "each name once; it stands in line " + lineOfName.get(name) + " too"));
        }
        if (faults.size() == before) {
            channel(line, name, cells).ifPresent(channel -> channels.put(name, channel));
        }
        if (faults.size() > before + 1 && line.fields().size() > header.size()) {
            // Most often a decimal comma: what follows it stands one column too far, and each message about it would
            // mislead.
            faults.subList(before, faults.size()).clear();
            wrong(
                    line,
                    new Problem(
                            "cells",
                            String.valueOf(line.fields().size()),
                            header.size()
                                    + " as in the header; a number has a decimal point, a cell with a comma quotes"));
        }
    }

    private void check(Csv.Line line, String column, String cell) {
        if (column.isEmpty()) {
            wrong(line, new Problem("a cell without a column", cell, "nothing there"));
        } else if (NUMBERS.contains(column) && cell.matches(DECIMAL_COMMA)) {
            wrong(line, new Problem(column, cell, "a decimal point: " + cell.replace(',', '.')));
        } else if (!column.equals(OPTIONS) && cell.matches("(?s).*\\s.*")) {
            wrong(line, new Problem(column, cell.replaceAll("\\s+", " "), "no blanks"));
        } else if (column.equals(TYPE) && TypeWord.of(cell).isEmpty()) {
            wrong(line, new Problem(column, cell, TypeWord.EXPECTED));
        } else if (column.equals(OPTIONS)) {
            for (String word : cell.split("\\s+")) {
                String key = word.substring(0, Math.max(0, word.indexOf('=')));
                if (key.isEmpty() || key.equals(TYPE) || ChannelOptions.OWN.contains(key)) {
                    wrong(line, new Problem(column, word, "key=value of the driver's own; others have columns"));
                }
            }
        }
    }

    /** The channel, read from the text that would stand in a file: so both are understood alike. */
    private Optional<ChannelText> channel(Csv.Line line, String name, Map<String, String> cells) {
        String source = cells.getOrDefault(SOURCE, "");
        StringBuilder text = new StringBuilder(source.isEmpty() ? "-" : source);
        Stream.of(TYPE, OPTIONS)
                .filter(cells::containsKey)
                .forEach(column -> text.append(' ').append(cells.get(column)));
        ChannelOptions.OWN.stream()
                .filter(cells::containsKey)
                .forEach(key -> text.append(' ').append(key).append('=').append(cells.get(key)));
        Settings settings = new Settings(Map.of("channel." + name, text.toString()));
        settings.prefixed("channel.");
        Optional<ChannelText> channel = ChannelText.parse(name, text.toString(), settings);
        settings.problems().forEach(problem -> wrong(line, problem));
        if (channel.isPresent() && !channel.get().source().equals(source.equals("-") ? "" : source)) {
            wrong(line, new Problem(SOURCE, source, "a source that does not begin like an option"));
        }
        return channel;
    }

    private void wrong(Csv.Line line, Problem problem) {
        faults.add(new Csv.Fault(line.number(), problem.toString()));
    }

    /** Without blanks at the ends, also those that are not to break a line. */
    private static String strip(String cell) {
        return cell.replace('\u00A0', ' ').strip();
    }
}
