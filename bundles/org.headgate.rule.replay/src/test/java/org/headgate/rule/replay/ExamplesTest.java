package org.headgate.rule.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The examples in {@code src/test/resources/replay}: each says in its first line what it shows. */
class ExamplesTest {
    private static final Path EXAMPLES = Path.of("src/test/resources/replay");

    @TempDir
    Path folder;

    @TestFactory
    List<DynamicTest> examples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.sorted()
                    .map(file -> DynamicTest.dynamicTest(name(file), () -> example(file)))
                    .toList();
        }
    }

    @Test
    void theyAreThere() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            assertThat(files.count()).isGreaterThan(15);
        }
    }

    private void example(Path file) throws IOException {
        Map<String, String> parts = parts(file);
        List<String> options = new ArrayList<>();
        for (String option : parts.get("options").lines().toList()) {
            options.add(option.endsWith(".cfg") ? folder.resolve(option).toString() : option);
        }
        for (Map.Entry<String, String> part : parts.entrySet()) {
            for (String kind : List.of("rule ", "file ")) {
                if (part.getKey().startsWith(kind)) {
                    Files.writeString(folder.resolve(part.getKey().substring(kind.length())), part.getValue());
                }
            }
        }
        if (parts.containsKey("schema")) {
            options.add("--schema=" + Files.writeString(folder.resolve("schema.sql"), parts.get("schema")));
        }
        byte[] input = parts.get("input").getBytes(StandardCharsets.UTF_8);
        List<String> piped = new ArrayList<>(options);
        piped.addAll(List.of("--input", "-"));
        List<String> stored = new ArrayList<>(options);
        stored.addAll(List.of(
                "--input", Files.write(folder.resolve("input.jsonl"), input).toString()));
        check(parts, Run.of(new ByteArrayInputStream(input), piped.toArray(String[]::new)));
        check(parts, Run.of(new byte[0], stored.toArray(String[]::new)));
    }

    private void check(Map<String, String> parts, Run run) {
        assertThat(run.output()).isEqualTo(parts.getOrDefault("output", ""));
        String says = run.says().replace(folder + "/", "");
        if (parts.containsKey("says") || run.status() == ReplayRun.FINE) {
            assertThat(says).isEqualTo(parts.getOrDefault("says", ""));
        } else {
            assertThat(says.lines()).hasSize(1);
        }
        assertThat(run.status()).isEqualTo(Integer.parseInt(parts.get("status").strip()));
    }

    private static String name(Path file) {
        try {
            return Files.readAllLines(file).get(0);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    /** The parts between lines {@code ## name}. */
    private static Map<String, String> parts(Path file) throws IOException {
        Map<String, String> parts = new LinkedHashMap<>();
        String name = "title";
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("## ")) {
                name = line.substring(3);
                parts.put(name, "");
            } else {
                parts.merge(name, line + "\n", String::concat);
            }
        }
        return parts;
    }
}
