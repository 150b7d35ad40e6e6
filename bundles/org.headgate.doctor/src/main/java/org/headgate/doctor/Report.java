package org.headgate.doctor;

import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.headgate.console.api.Json;
import org.headgate.doctor.Round.Diagnosis;
import org.headgate.doctor.api.Finding;
import org.headgate.doctor.api.Finding.Level;

/** What the doctor says, as a person reads it: the worst first, under each what to do. */
final class Report {
    private static final int WIDTH = 100;
    private static final int LEVEL = 9;
    private static final int LEAST = 20;

    private final List<Diagnosis> all;

    Report(List<Diagnosis> all) {
        this.all = all;
    }

    /** Whether nothing is broken. */
    boolean isWell() {
        return all.stream().noneMatch(each -> each.finding().level() == Level.FAIL);
    }

    Object json() {
        return all.stream()
                .map(each -> new Json()
                        .put("check", each.check())
                        .put("level", each.finding().level())
                        .put("subject", each.finding().subject())
                        .put("text", each.finding().text())
                        .put("remedy", each.finding().remedy()))
                .toList();
    }

    void print(PrintStream out) {
        int check =
                2 + all.stream().mapToInt(each -> each.check().length()).max().orElse(0);
        for (Diagnosis each : all) {
            Finding finding = each.finding();
            String lead = pad(finding.level().toString(), LEVEL) + pad(each.check(), check);
            String subject = finding.subject().isEmpty() ? "" : finding.subject() + ": ";
            wrap(out, lead, subject + finding.text());
            if (!finding.remedy().isEmpty()) {
                wrap(out, " ".repeat(lead.length()) + "-> ", finding.remedy());
            }
        }
        out.println(Stream.of(Level.FAIL, Level.WARN, Level.UNKNOWN, Level.OK)
                .map(level -> level + " "
                        + all.stream()
                                .filter(each -> each.finding().level() == level)
                                .count())
                .collect(Collectors.joining(", ")));
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /** Broken at blanks where there are any; what follows stands under the text. */
    private static void wrap(PrintStream out, String lead, String text) {
        int width = Math.max(LEAST, WIDTH - lead.length());
        String rest = text.replaceAll("\\p{Cntrl}+", " ").strip();
        String before = lead;
        while (rest.length() > width) {
            int blank = rest.lastIndexOf(' ', width);
            int end = blank > 0 ? blank : width;
            out.println(before + rest.substring(0, end));
            rest = rest.substring(end).strip();
            before = " ".repeat(lead.length());
        }
        out.println((before + rest).stripTrailing());
    }
}
