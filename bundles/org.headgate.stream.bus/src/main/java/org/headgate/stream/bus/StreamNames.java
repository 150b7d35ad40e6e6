package org.headgate.stream.bus;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names and patterns of streams; {@code *} stands for any text. */
final class StreamNames {
    private final List<Pattern> patterns;

    StreamNames(List<String> texts) {
        patterns = texts.stream().map(StreamNames::compile).toList();
    }

    boolean contain(String stream) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(stream).matches());
    }

    private static Pattern compile(String text) {
        // A limit of -1 keeps a star at the end.
        return Pattern.compile(
                List.of(text.split("\\*", -1)).stream().map(Pattern::quote).collect(Collectors.joining(".*")));
    }
}
