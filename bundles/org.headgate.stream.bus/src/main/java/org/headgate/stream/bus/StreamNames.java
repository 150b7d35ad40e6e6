package org.headgate.stream.bus;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names and patterns of streams; {@code *} stands for any text, {@code !} in front takes streams out again. */
final class StreamNames {
    private static final String NOT = "!";

    private final List<Pattern> included;
    private final List<Pattern> excluded;

    StreamNames(List<String> texts) {
        included = texts.stream()
                .filter(text -> !text.startsWith(NOT))
                .map(StreamNames::compile)
                .toList();
        excluded = texts.stream()
                .filter(text -> text.startsWith(NOT))
                .map(text -> compile(text.substring(NOT.length())))
                .toList();
    }

    boolean contain(String stream) {
        return matches(included, stream) && !matches(excluded, stream);
    }

    private static boolean matches(List<Pattern> patterns, String stream) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(stream).matches());
    }

    private static Pattern compile(String text) {
        // A limit of -1 keeps a star at the end.
        return Pattern.compile(
                List.of(text.split("\\*", -1)).stream().map(Pattern::quote).collect(Collectors.joining(".*")));
    }
}
