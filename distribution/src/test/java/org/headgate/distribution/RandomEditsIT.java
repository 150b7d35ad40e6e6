package org.headgate.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.headgate.distribution.RunningGateway.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Edits from the console and from an editor at once, half of them broken, and the gateway killed in between. In rounds: after each, every
 * file is one that somebody has written, whole; every valid instance runs, every other one says why.
 */
class RandomEditsIT {
    private static final int EDITS = Site.LONG ? 500 : 60;
    private static final int EDITS_A_ROUND = 10;
    private static final int FILES = EditedFile.DEVICES + 3;
    /** The editor replaces these as a whole, since the console changes single keys in them. */
    private static final int DEVICES_WITH_KEYS = 2;

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    Path folder;

    private final long seed = Long.getLong("headgate.seed", Site.LONG ? System.nanoTime() : 17);
    private final Random random = new Random(seed);
    private final ExecutorService hands = Executors.newFixedThreadPool(2);
    private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
    /** Files whose names nobody reads. */
    private final Map<String, String> strays = new TreeMap<>();

    private RunningGateway gateway;
    private Path etc;
    private volatile boolean killed;
    private int marks;
    private int refused;

    /** What an edit has made of a file; one that is not sure may not have been made. */
    private record Outcome(String file, String content, boolean sure) {}

    @BeforeEach
    void prepare() throws Exception {
        gateway = new RunningGateway(folder.resolve("home"));
        etc = gateway.home().resolve("etc");
        Files.createDirectories(gateway.home().resolve("files"));
        Files.writeString(etc.resolve("headgate.device-steady.cfg"), "driver = simulator\npoll = 100ms\n");
    }

    @AfterEach
    void end() throws Exception {
        hands.shutdownNow();
        gateway.close();
    }

    @Test
    void noFileIsLostOrHalfWrittenAndEveryInstanceRunsOrSaysWhy() throws Exception {
        System.out.printf("%d random edits; -Dheadgate.seed=%d%n", EDITS, seed);
        gateway.start();
        int kills = 0;
        for (int round = 0; round < EDITS / EDITS_A_ROUND; round++) {
            Map<String, String> before = contents();
            boolean kill = round % 2 == 1;
            edit(kill);
            kills += kill ? 1 : 0;
            check(before, "seed " + seed + ", round " + round + (kill ? ", killed" : ""));
            if (round % 3 == 2) {
                rollback();
            }
        }
        System.out.printf("%d kills; the console refused %d edits%n", kills, refused);
        assertThat(gateway.log()).doesNotContain(" ERROR ");
    }

    private void edit(boolean kill) throws Exception {
        outcomes.clear();
        killed = false;
        Random console = new Random(random.nextLong());
        Random editor = new Random(random.nextLong());
        Future<?> one = hands.submit(repeat(() -> byConsole(console)));
        Future<?> other = hands.submit(repeat(() -> byEditor(editor)));
        if (kill) {
            TimeUnit.MILLISECONDS.sleep(random.nextInt(1200));
            killed = true;
            gateway.kill();
        }
        one.get(3, TimeUnit.MINUTES);
        other.get(3, TimeUnit.MINUTES);
        if (kill) {
            gateway.start();
        }
    }

    /** An edit that takes its time. */
    private interface Edit {
        void make() throws Exception;
    }

    private static Callable<Void> repeat(Edit edit) {
        return () -> {
            for (int i = 0; i < EDITS_A_ROUND / 2; i++) {
                edit.make();
            }
            return null;
        };
    }

    private synchronized String mark(String hand) {
        return hand + " " + ++marks;
    }

    private void byConsole(Random dice) throws Exception {
        if (dice.nextInt(4) == 0) {
            int device = dice.nextInt(DEVICES_WITH_KEYS);
            String pace = dice.nextBoolean() ? 50 + dice.nextInt(500) + "ms" : "never";
            Result result = gateway.exec("device:set", "d" + device, "poll=" + pace);
            assertThat(result.status() == 0 && pace.equals("never"))
                    .as(result.toString())
                    .isFalse();
            return; // What is left of the file without the values is somebody else's.
        }
        String name = "edit" + mark("c").replace(" ", "");
        Path brought = Files.createDirectories(gateway.home().resolve("files").resolve(name));
        Map<String, String> contents = new HashMap<>();
        for (int i = 0; i <= dice.nextInt(3); i++) {
            String file = EditedFile.name(dice.nextInt(FILES));
            String content = EditedFile.content(EditedFile.isDevice(file), mark("console"), dice.nextBoolean(), dice);
            EditedFile.whole(brought.resolve(file), content);
            contents.put(file, content);
        }
        Result result = gateway.exec("gateway:apply", name);
        boolean made = result.status() == 0;
        // One that is as wrong as it was before is let through.
        if (!made) {
            refused++;
            assertThat(result.err()).as(result.toString()).doesNotContain("\tat ");
            assertThat(killed || !result.err().isBlank()).as(result.toString()).isTrue();
        }
        if (made || killed) {
            contents.forEach((file, content) -> outcomes.add(new Outcome(file, content, made)));
        }
    }

    private void byEditor(Random dice) throws Exception {
        TimeUnit.MILLISECONDS.sleep(dice.nextInt(200));
        if (dice.nextInt(8) == 0) {
            String stray = "headgate.devise-w" + dice.nextInt(3) + ".cfg";
            strays.put(stray, EditedFile.content(true, mark("stray"), false, dice));
            EditedFile.whole(etc.resolve(stray), strays.get(stray));
            return;
        }
        int number = dice.nextInt(FILES);
        Path path = etc.resolve(EditedFile.name(number));
        if (dice.nextInt(10) == 0) {
            Files.deleteIfExists(path);
            outcomes.add(new Outcome(EditedFile.name(number), EditedFile.ABSENT, true));
            return;
        }
        String content = EditedFile.content(
                EditedFile.isDevice(EditedFile.name(number)), mark("editor"), dice.nextBoolean(), dice);
        if (number < DEVICES_WITH_KEYS) {
            EditedFile.whole(path, content);
        } else {
            EditedFile.write(path, content, dice);
        }
        outcomes.add(new Outcome(EditedFile.name(number), content, true));
    }

    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        for (int i = 0; i < FILES; i++) {
            contents.put(EditedFile.name(i), EditedFile.read(etc.resolve(EditedFile.name(i))));
        }
        return contents;
    }

    private void check(Map<String, String> before, String when) throws Exception {
        contents().forEach((file, content) -> {
            List<Outcome> own = outcomes.stream()
                    .filter(outcome -> outcome.file.equals(file))
                    .toList();
            Set<String> allowed =
                    own.stream().map(Outcome::content).map(EditedFile::rest).collect(Collectors.toSet());
            if (own.stream().noneMatch(Outcome::sure)) {
                allowed.add(EditedFile.rest(before.get(file)));
            }
            assertThat(allowed)
                    .as("%s, %s, was: %s", when, file, before.get(file))
                    .contains(EditedFile.rest(content));
        });
        for (Map.Entry<String, String> stray : strays.entrySet()) {
            assertThat(EditedFile.read(etc.resolve(stray.getKey()))).as(when).isEqualTo(stray.getValue());
        }
        try (Stream<Path> files = Files.list(etc)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .as(when)
                    .noneMatch(name -> name.startsWith("."));
        }
        await(when).atMost(PATIENCE).pollInterval(Duration.ofMillis(250)).untilAsserted(this::checkInstances);
        checkRevisions();
    }

    private void checkInstances() throws Exception {
        Map<String, JsonNode> states = new TreeMap<>();
        json("device:list")
                .forEach(device ->
                        states.put("headgate.device-" + device.get("name").asText() + ".cfg", device));
        json("rule:list")
                .forEach(rule -> states.put("headgate.rule-" + rule.get("name").asText() + ".cfg", rule));
        Set<String> there = new TreeSet<>(List.of("headgate.device-steady.cfg"));
        contents().forEach((file, content) -> {
            if (!content.equals(EditedFile.ABSENT)) {
                there.add(file);
                assertThat(states).containsKey(file);
                if (!EditedFile.isWhole(content) && !EditedFile.isSenseless(content)) {
                    return; // A revision that was made while an editor was writing has it so.
                }
                String state = states.get(file).get("state").asText();
                if (EditedFile.isValid(EditedFile.isDevice(file), content)) {
                    assertThat(state)
                            .as("%s: %s%n%s", file, states.get(file), content)
                            .isIn(
                                    EditedFile.isDevice(file)
                                            ? Set.of("ONLINE")
                                            : Set.of("RUNNING", "WAITING_FOR_STREAM", "DEGRADED"));
                } else {
                    assertThat(state)
                            .as("%s: %s%n%s", file, states.get(file), content)
                            .isEqualTo("INVALID");
                    assertThat(states.get(file).get("detail").asText()).as(file).isNotBlank();
                }
            }
        });
        assertThat(states.keySet()).isEqualTo(there);
        String warnings = json("gateway:status").get("warnings").toString();
        strays.keySet().forEach(stray -> assertThat(warnings).contains(stray + ": nobody reads it; did you mean"));
    }

    private void checkRevisions() throws Exception {
        List<Long> numbers = new ArrayList<>();
        json("gateway:revisions")
                .forEach(revision -> numbers.add(revision.get("revision").asLong()));
        assertThat(numbers).isSortedAccordingTo(Comparator.reverseOrder()).doesNotHaveDuplicates();
        if (!numbers.isEmpty()) {
            run("gateway:diff", String.valueOf(numbers.get(numbers.size() - 1)), "now");
        }
    }

    /** Alone, since what an editor writes meanwhile is not in the revision. */
    private void rollback() throws Exception {
        JsonNode revisions = json("gateway:revisions");
        if (!revisions.isEmpty()) {
            // Newest first; the oldest one may be pushed out by the revision that going back to it makes.
            String number = revisions
                    .get(random.nextInt(Math.max(1, revisions.size() - 1)))
                    .get("revision")
                    .asText();
            run("gateway:rollback", number);
            // The gateway's identity is no setting: a revision from before it was made does not take it away.
            assertThat(run("gateway:diff", number)
                            .lines()
                            .filter(line -> line.matches("[+-][^+-].*") && !line.startsWith("+id = ")))
                    .as("seed " + seed)
                    .isEmpty();
            await("after the rollback").atMost(PATIENCE).untilAsserted(this::checkInstances);
        }
    }

    private JsonNode json(String command) throws Exception {
        return Message.json(run(command, "--json"));
    }

    private String run(String... words) throws Exception {
        Result result = gateway.exec(words);
        assertThat(result.status()).as(result.toString()).isZero();
        return result.out();
    }
}
