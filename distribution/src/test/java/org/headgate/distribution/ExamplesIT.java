package org.headgate.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.headgate.distribution.RunningGateway.Result;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every example of every command's help works on the set-up that it is written for. */
class ExamplesIT {
    private static final Path REFERENCE = Path.of("..", "docs", "console.md");
    /** Where an example only makes sense after another command. */
    private static final Map<String, String> BEFORE = Map.of(
            "gateway:confirm", "gateway:apply new-setup confirm=5m", "driver:rollback host", "driver:remove host");
    /** Words between blanks, quotes of either kind taken away. */
    private static final Pattern WORD = Pattern.compile("(?:'[^']*'|\"[^\"]*\"|\\S)+");

    @TempDir
    static Path folder;

    private static ExampleSite site;

    @BeforeAll
    static void boot() throws Exception {
        site = new ExampleSite(folder);
        site.start();
    }

    @AfterAll
    static void end() throws Exception {
        site.close();
    }

    private static List<JsonNode> commands() throws Exception {
        List<JsonNode> all = new ArrayList<>();
        Message.json(site.gateway.exec("gateway:help", "--json").out()).forEach(all::add);
        return all;
    }

    @TestFactory
    Stream<DynamicTest> everyExampleWorks() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode command : commands()) {
            for (JsonNode example : command.get("examples")) {
                String call = example.get("call").asText();
                // A person is needed for those; the scripted session is one.
                if (!example.get("meaning").asText().matches("(Asks|Opens).*")) {
                    tests.add(DynamicTest.dynamicTest(call, () -> works(site.here(call))));
                }
            }
        }
        return tests.stream();
    }

    private static void works(String call) throws Exception {
        try {
            if (BEFORE.containsKey(call)) {
                assertThat(run(BEFORE.get(call)).status()).isZero();
            }
            Result result = run(call);
            assertThat(result.status())
                    .as(call + "\n" + result.out() + result.err())
                    .isZero();
            assertThat(result.out() + result.err()).doesNotContain("error:").doesNotContain("Exception");
            assertThat(result.out() + result.err()).doesNotContain("not-shown");
        } finally {
            site.restore();
        }
    }

    /** What comes through a pipe needs a shell, and so SSH. */
    private static Result run(String call) throws Exception {
        if (call.contains(" | ")) {
            return site.gateway.launcher("console", call);
        }
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(call);
        while (word.find()) {
            words.add(word.group().replaceAll("'([^']*)'|\"([^\"]*)\"", "$1$2"));
        }
        return site.gateway.exec(words.toArray(String[]::new));
    }

    @Test
    void everyCommandSaysWhatItDoesAndShowsHow() throws Exception {
        List<String> lacking = new ArrayList<>();
        for (JsonNode command : commands()) {
            String name = command.get("name").asText();
            if (!command.get("description").asText().matches("[A-Z].*\\.")) {
                lacking.add(name + ": a description that is a sentence");
            }
            if (command.get("examples").isEmpty()) {
                lacking.add(name + ": an example");
            }
            for (JsonNode example : command.get("examples")) {
                if (!example.get("call").asText().startsWith(name)
                        || example.get("meaning").asText().isBlank()) {
                    lacking.add(name + ": an example of its own with a meaning");
                }
            }
            for (JsonNode option : command.get("options")) {
                if (option.get("description").asText().isBlank()) {
                    lacking.add(name + ": what " + option.get("name").asText() + " means");
                }
            }
        }
        assertThat(lacking).isEmpty();
    }

    @Test
    void helpFitsTheTerminal() throws Exception {
        for (JsonNode command : commands()) {
            Result help = site.gateway.exec(command.get("name").asText(), "--help");
            assertThat(help.out()).startsWith(command.get("name").asText()).contains("Run by: ");
            assertThat(help.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        }
    }

    @Test
    void theReferenceIsWhatTheCommandsSay() throws Exception {
        assertThat(site.gateway.exec("gateway:help", "--markdown").out())
                .as("docs/console.md is old: run ./headgate docs")
                .isEqualTo(Files.readString(REFERENCE));
    }

    @Test
    void listsFitTheTerminal() throws Exception {
        for (JsonNode command : commands()) {
            String name = command.get("name").asText();
            if (name.endsWith(":list")) {
                Result list = site.gateway.exec(name);
                assertThat(list.status()).as(name + list.err()).isZero();
                assertThat(list.out().lines())
                        .as(name)
                        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
                assertThat(firstWords(site.gateway.exec(name)))
                        .as(name + " sorts stably")
                        .isEqualTo(firstWords(list));
            }
        }
    }

    private static List<String> firstWords(Result list) {
        return list.out().lines().map(line -> line.split(" ", 2)[0]).toList();
    }
}
