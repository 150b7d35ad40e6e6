package org.headgate.commands.kit;

import java.io.PrintStream;

/** What is known of one thing, a fact a line: its name, then its text, broken at blanks so that it fits 100 columns. */
public final class Facts {
    private static final int WIDTH = 100;
    private static final int INDENT = 14;

    private final PrintStream out;

    /** Prints facts. */
    public Facts(PrintStream out) {
        this.out = out;
    }

    /** Prints a fact; {@code -} where there is no text. */
    public Facts line(String name, Object text) {
        String rest = String.valueOf(text).replaceAll("\\p{Cntrl}+", " ").strip();
        rest = rest.isEmpty() ? "-" : rest;
        String head = name;
        while (true) {
            int most = WIDTH - INDENT;
            int blank = rest.lastIndexOf(' ', most);
            int end = rest.length() <= most ? rest.length() : blank > 0 ? blank : most;
            out.println(head + " ".repeat(Math.max(1, INDENT - head.length())) + rest.substring(0, end));
            if (end == rest.length()) {
                return this;
            }
            rest = rest.substring(end).strip();
            head = "";
        }
    }
}
