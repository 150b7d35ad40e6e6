package org.headgate.messages;

import java.util.Optional;

/** Where in a message a value is. */
sealed interface Place {
    String EXPECTED = "/a/b in JSON, csv/2, text or senml/NAME";

    /** A JSON pointer. */
    record Member(Pointer pointer) implements Place {}

    /** A column, counted from 0. */
    record Column(int index) implements Place {}

    /** The whole. */
    record Whole() implements Place {}

    /** A SenML record by its full name. */
    record Named(String name) implements Place {}

    /** The place that a source says; empty when it says none. */
    static Optional<Place> parse(String source) {
        if (source.startsWith("/")) {
            return Pointer.parse(source).map(Member::new);
        }
        if (source.equals("text")) {
            return Optional.of(new Whole());
        }
        if (source.startsWith("senml/") && source.length() > 6) {
            return Optional.of(new Named(source.substring(6)));
        }
        return source.matches("csv/\\d{1,4}")
                ? Optional.of(new Column(Integer.parseInt(source.substring(4))))
                : Optional.empty();
    }
}
