package org.headgate.rule.replay;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A run of {@code headgate replay} and what it has put out. */
record Run(int status, String output, String says) {
    static Run of(byte[] stdin, String... words) {
        return of(new ByteArrayInputStream(stdin), words);
    }

    static Run of(InputStream stdin, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = new ReplayRun(stdin, out, new PrintStream(err, true, StandardCharsets.UTF_8)).run(List.of(words));
        return new Run(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    static Run sql(String sql, String input) {
        return of(input.getBytes(StandardCharsets.UTF_8), "--sql", sql, "--input", "-");
    }
}
