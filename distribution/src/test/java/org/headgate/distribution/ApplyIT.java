package org.headgate.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.headgate.distribution.RunningGateway.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole folders of files: all or none, back by itself, and through kills. */
class ApplyIT {
    private static final int FILES = 200;
    private static final int CUTS = Site.LONG ? 40 : 4;
    /** Few cuts may all come too late on a busy machine: there are more until one has hit, up to so many. */
    private static final int MOST_CUTS = Math.max(CUTS, 12);

    private static final int HITS = Site.LONG ? CUTS / 4 : 1;

    @TempDir
    Path folder;

    private RunningGateway gateway;
    private Path etc;

    @BeforeEach
    void start() throws Exception {
        gateway = new RunningGateway(folder.resolve("home"));
        etc = gateway.home().resolve("etc");
        Files.writeString(etc.resolve("headgate.device-boiler.cfg"), boiler("1s"));
        gateway.start();
        online("boiler");
    }

    @AfterEach
    void end() throws Exception {
        gateway.close();
    }

    @Test
    void whatIsNotConfirmedGoesBackEvenWhenTheGatewayIsKilledMeanwhile() throws Exception {
        bring("new/headgate.device-boiler.cfg", boiler("2s"));
        bring("new/headgate.device-more.cfg", boiler("1s"));
        String before = Files.readString(etc.resolve("headgate.device-boiler.cfg"));
        assertThat(run("gateway:apply", "new", "confirm=10s"))
                .contains("~ headgate.device-boiler.cfg", "+ headgate.device-more.cfg", "gateway:confirm");
        assertThat(newest().get("state").asText()).isEqualTo("WAITING");
        assertThat(gateway.exec("gateway:apply", "new").err()).contains("gateway:confirm");
        gateway.kill();
        gateway.start();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(etc.resolve("headgate.device-boiler.cfg")).hasContent(before);
            assertThat(etc.resolve("headgate.device-more.cfg")).doesNotExist();
        });
        online("boiler");
        await().untilAsserted(
                        () -> assertThat(gateway.exec("device:list").out()).doesNotContain("more"));
        assertThat(newest().get("by").asText()).isEqualTo("gateway");
        assertThat(run("gateway:revisions")).contains("UNDONE");
        assertThat(gateway.exec("gateway:confirm").status()).as("too late").isEqualTo(1);
    }

    @Test
    void whatIsConfirmedInTimeStays() throws Exception {
        bring("new/headgate.device-boiler.cfg", boiler("2s"));
        run("gateway:apply", "new", "confirm=10s");
        // From here on: the time within which a change is to be confirmed goes on while the gateway is started.
        long applied = System.nanoTime();
        assertThat(run("gateway:confirm")).contains("is confirmed and stays");
        gateway.kill();
        gateway.start();
        await().pollDelay(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(20))
                .until(() ->
                        System.nanoTime() - applied > Duration.ofSeconds(11).toNanos());
        assertThat(etc.resolve("headgate.device-boiler.cfg")).hasContent(boiler("2s"));
        assertThat(newest().get("state").asText()).isEqualTo("CONFIRMED");
        // And by hand it still goes back.
        long number = newest().get("revision").asLong();
        assertThat(run("gateway:rollback", String.valueOf(number - 1))).contains("~ headgate.device-boiler.cfg (+1 -1");
        assertThat(etc.resolve("headgate.device-boiler.cfg")).hasContent(boiler("1s"));
    }

    @Test
    void aWrongFileAmongTenChangesNothingAndEachProblemIsNamed() throws Exception {
        for (int i = 0; i < 8; i++) {
            bring("new/headgate.device-d" + i + ".cfg", boiler("1s"));
        }
        bring("new/headgate.broker.cfg", "port = 99999\n");
        bring("new/headgate.gateway.cfg", "drivers = host, simulator, nothing@1.0\nclok = auto\n");
        Set<String> before = listing();
        Result refused = gateway.exec("gateway:apply", "new");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err())
                .contains("headgate.broker.cfg: port: 99999 (expected: a whole number from 1024 to 65535)")
                .contains("headgate.gateway.cfg: clok: auto (expected: did you mean clock?)")
                .contains("headgate.gateway.cfg: drivers: nothing@1.0.0 is not in HOME/var/drivers")
                .doesNotContain("Exception");
        assertThat(listing()).isEqualTo(before);
        Files.delete(gateway.home().resolve("files/new/headgate.broker.cfg"));
        bring("new/headgate.gateway.cfg", "drivers = host, simulator\n");
        assertThat(run("gateway:apply", "new")).contains("9 files applied");
        online("d7");
        assertThat(Files.readString(etc.resolve("headgate.gateway.cfg"))).contains("id = ", "console.port = ");
    }

    @Test
    void aPowerCutAnywhereLeavesAllFilesOrNone() throws Exception {
        bringGeneration(0);
        run("gateway:apply", "g0");
        bringGeneration(1);
        long began = System.nanoTime();
        run("gateway:apply", "g1");
        long millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
        long seed = Long.getLong("headgate.seed", System.nanoTime());
        System.out.printf("applying %d files took %d ms; -Dheadgate.seed=%d%n", FILES, millis, seed);
        Random random = new Random(seed);
        int made = 0;
        int hits = 0;
        int cuts = 0;
        while (cuts < CUTS || hits < HITS && cuts < MOST_CUTS) {
            cuts++;
            int generation = cuts + 1;
            bringGeneration(generation);
            Process apply = gateway.background(folder.resolve("apply.out"), "exec", "gateway:apply", "g" + generation);
            try {
                // Those that are added because none has met the moment yet aim at it.
                boolean aimed = cuts > CUTS;
                if (generation % 4 == 1 && !aimed) {
                    TimeUnit.MILLISECONDS.sleep(random.nextLong(millis + 100));
                } else {
                    awaitJournal(apply, aimed ? 0 : random.nextLong(1 + millis / 10));
                }
                gateway.kill();
            } finally {
                apply.destroyForcibly().waitFor();
            }
            hits += Files.exists(journal()) ? 1 : 0;
            Set<String> torn = generations();
            gateway.start();
            Set<String> after = generations();
            assertThat(after)
                    .as("seed %d, generation %d, was %s", seed, generation, torn)
                    .hasSize(1);
            made += after.contains("# generation " + generation + "\n") ? 1 : 0;
            assertThat(listing()).noneMatch(file -> file.startsWith("."));
            long number = newest().get("revision").asLong();
            assertThat(run("gateway:diff", String.valueOf(number))).startsWith("nothing is different");
        }
        System.out.printf("%d of %d changes that were cut off were made; %d were cut in between%n", made, cuts, hits);
        assertThat(hits)
                .as("seed %d: cuts between the decision and the last file, of %d", seed, cuts)
                .isGreaterThanOrEqualTo(HITS);
    }

    private void bringGeneration(int generation) throws IOException {
        for (int i = 0; i < FILES; i++) {
            bring("g" + generation + "/headgate.profile-p" + i + ".cfg", "# generation " + generation + "\n");
        }
    }

    /** Until a change is decided, and then a bit longer; it lasts for milliseconds only, so this looks all the time. */
    private void awaitJournal(Process apply, long longer) {
        long began = System.nanoTime();
        while (!Files.exists(journal()) && apply.isAlive()) {
            assertThat(System.nanoTime() - began)
                    .isLessThan(Duration.ofSeconds(30).toNanos());
            Thread.onSpinWait();
        }
        long decided = System.nanoTime();
        while (System.nanoTime() - decided < Duration.ofMillis(longer).toNanos()) {
            Thread.onSpinWait();
        }
    }

    private Path journal() {
        return gateway.home().resolve("var/revisions/journal.json.gz");
    }

    private Set<String> generations() throws IOException {
        Set<String> texts = new TreeSet<>();
        for (int i = 0; i < FILES; i++) {
            texts.add(Files.readString(etc.resolve("headgate.profile-p" + i + ".cfg")));
        }
        return texts;
    }

    private Set<String> listing() throws IOException {
        try (Stream<Path> files = Files.list(etc)) {
            return new TreeSet<>(
                    files.map(file -> file.getFileName().toString()).toList());
        }
    }

    private void bring(String name, String text) throws IOException {
        Path file = gateway.home().resolve("files").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String boiler(String poll) {
        return "# the boiler\ndriver = simulator\npoll = " + poll + "   # its pace\n";
    }

    private void online(String device) {
        await(device)
                .atMost(Duration.ofSeconds(20))
                .until(() -> gateway.exec("device:list", "--json")
                        .out()
                        .matches("(?s).*\"name\":\"" + device + "\"[^}]*\"state\":\"ONLINE\".*"));
    }

    private JsonNode newest() throws Exception {
        return Message.json(run("gateway:revisions", "--json")).get(0);
    }

    private String run(String... words) throws Exception {
        Result result = gateway.exec(words);
        assertThat(result.status()).as(result.toString()).isZero();
        return result.out();
    }
}
