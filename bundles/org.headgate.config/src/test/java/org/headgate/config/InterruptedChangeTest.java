package org.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.headgate.config.WrittenHome.BOILER;
import static org.headgate.config.WrittenHome.PUMP;
import static org.headgate.config.WrittenHome.RULE;
import static org.headgate.config.WrittenHome.change;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.headgate.config.api.Change;
import org.junit.jupiter.api.Test;

/** Changes while the power or the disk fails, and while somebody else writes. */
class InterruptedChangeTest {
    private static final Random ALL = new Fixed(true);
    private static final Random NONE = new Fixed(false);

    private final WrittenHome home = new WrittenHome();

    /** Removing two files, making one and changing one: after a cut at any step all of it is there or nothing, and nothing is left over. */
    @Test
    void aPowerCutAtAnyStepLeavesTheOldSetUpOrTheNewOne() throws IOException {
        Map<String, String> old = Map.of(BOILER, "# b\npoll = 1s\n", PUMP, "poll = 1s\n", RULE, "sql = x\n");
        Map<String, String> wanted = Map.of(BOILER, "# b\npoll = 2s\n", "headgate.rule-new.cfg", "sql = y\n");
        int steps = 0;
        int finished = 0;
        boolean struck = true;
        for (int step = 0; struck; step++) {
            for (int seed = 0; seed < 10; seed++) {
                home.renew();
                old.forEach(home.etc::put);
                home.etc.put(PUMP, "poll = 5s\n");
                home.restart();
                home.set(PUMP, "poll", "1s");
                home.power.cutAfter(step);
                boolean made = false;
                try {
                    Change change = change().set(BOILER, "poll", "2s")
                            .remove(PUMP)
                            .remove(RULE)
                            .set("headgate.rule-new.cfg", "sql", "y");
                    home.writer.change(change, Optional.empty());
                    made = true;
                } catch (CutFolder.PowerCut cut) {
                    steps++;
                }
                struck = home.power.hasStruck();
                home.power.back();
                Random dice = new Random(31L * step + seed);
                home.reboot(dice);
                cutTheRecovery(dice);
                home.restart();
                boolean isNew = home.etc.text(PUMP) == null;
                assertThat(home.texts()).as("step %d seed %d", step, seed).isEqualTo(isNew ? wanted : old);
                assertThat(isNew || !made).as("what the command said").isTrue();
                home.reboot(NONE);
                home.restart();
                assertThat(home.texts()).as("what was finished stays so").isEqualTo(isNew ? wanted : old);
                StoredRevision newest = home.all().get(0);
                assertThat(newest.holds(home.files.snapshot().files()))
                        .as("step %d", step)
                        .isTrue();
                finished += isNew ? 1 : 0;
                assertThat(home.revisions.names()).allMatch(name -> name.matches("\\d{8}\\.json\\.gz"));
            }
        }
        assertThat(steps).isGreaterThan(200);
        assertThat(finished).isGreaterThan(50);
    }

    /** The disk fails at any step, once or from then on: all or nothing, and what the user is told is what is there. */
    @Test
    void aFailingDiskChangesNothingOrFinishesLater() throws IOException {
        List<String> said = new ArrayList<>();
        for (boolean once : new boolean[] {true, false}) {
            boolean struck = true;
            for (int step = 0; struck; step++) {
                home.renew();
                home.etc.put(BOILER, "poll = 1s\n");
                home.etc.put(PUMP, "poll = 1s\n");
                home.restart();
                home.set(RULE, "sql", "x");
                home.power.failAfter(step, once);
                String failure = "";
                try {
                    home.writer.change(change().set(BOILER, "poll", "2s").set(PUMP, "poll", "2s"), Optional.empty());
                } catch (IOException failed) {
                    failure = failed.getMessage();
                }
                struck = home.power.hasStruck();
                home.power.back();
                said.add(failure);
                boolean changed = home.etc.text(BOILER).contains("2s");
                if (!failure.startsWith("half made")) {
                    assertThat(home.etc.text(PUMP).contains("2s")).as(failure).isEqualTo(changed);
                    assertThat(changed).as("step %d: %s", step, failure).isEqualTo(failure.isEmpty());
                    // And then the power fails: what the disk has not heard of is gone.
                    if (!failure.isEmpty()) {
                        home.reboot(NONE);
                    }
                }
                home.restart();
                boolean after = home.etc.text(BOILER).contains("2s");
                assertThat(home.etc.text(PUMP).contains("2s")).isEqualTo(after);
                assertThat(failure.startsWith("half made") || after == failure.isEmpty())
                        .as("step %d: %s", step, failure)
                        .isTrue();
                assertThat(home.etc.names()).containsExactly(BOILER, PUMP, RULE);
            }
        }
        assertThat(said).contains("", "No space left on device").anyMatch(text -> text.startsWith("half made"));
    }

    /** A user who repairs a file by hand before the next start must find his text again. */
    @Test
    void finishingAfterACutLeavesWhatSomebodyWroteSince() throws IOException {
        home.etc.put(BOILER, "poll = 1s\n");
        home.etc.put(PUMP, "poll = 1s\n");
        home.restart();
        home.set(RULE, "sql", "x");
        for (int step = 0; ; step++) {
            home.power.cutAfter(step);
            try {
                home.writer.change(change().set(BOILER, "poll", "2s").set(PUMP, "poll", "2s"), Optional.empty());
            } catch (CutFolder.PowerCut cut) {
                home.power.back();
                home.reboot(ALL);
            }
            if (home.revisions.names().contains("journal.json.gz")) {
                break;
            }
            home.restart();
        }
        home.etc.put(BOILER, "poll = 77s\n");
        home.restart();
        assertThat(home.etc.text(BOILER)).isEqualTo("poll = 77s\n");
        assertThat(home.etc.text(PUMP)).isEqualTo("poll = 2s\n");
    }

    @Test
    void whatIsHalfMadeIsFinishedByTheNextChange() throws IOException {
        boolean half = false;
        for (int step = 0; !half; step++) {
            home.etc.put(BOILER, "poll = 1s\n");
            home.etc.put(PUMP, "poll = 1s\n");
            home.power.failAfter(step, false);
            try {
                home.writer.change(change().set(BOILER, "poll", "2s").set(PUMP, "poll", "2s"), Optional.empty());
            } catch (IOException failed) {
                half = failed.getMessage().startsWith("half made")
                        && home.revisions.names().contains("journal.json.gz");
            }
            home.power.back();
        }
        assertThat(home.set(RULE, "sql", "x").files()).containsExactly(RULE);
        assertThat(home.etc.text(BOILER) + home.etc.text(PUMP)).isEqualTo("poll = 2s\npoll = 2s\n");
        assertThat(home.all().get(0).changes()).containsExactly("+ " + RULE);
        assertThat(home.all().get(1).changes()).containsExactly("~ " + BOILER, "~ " + PUMP);
    }

    @Test
    void whoLosesEachRaceAgainstAnEditorLeavesNothingBehind() throws IOException {
        MemoryFolder quiet = home.etc;
        quiet.put(BOILER, "poll = 1s\n");
        int[] writes = {0};
        Folder busy = new CutFolder(quiet) {
            @Override
            public void write(String name, byte[] bytes, String modeOf) throws IOException {
                super.write(name, bytes, modeOf);
                quiet.put(BOILER, "poll = 1s # " + writes[0]++ + "\n");
            }
        };
        ChangeWriter unlucky = new ChangeWriter(
                new EtcFiles(busy, new LiveImage(home.admin.service())),
                busy,
                new RevisionFolder(home.revisions),
                home.validators,
                home.system);
        assertThatThrownBy(() -> unlucky.change(change().set(BOILER, "poll", "2s"), Optional.empty()))
                .hasMessage("somebody else keeps writing the same files; try again");
        assertThat(home.revisions.names()).doesNotContain("journal.json.gz");
        assertThat(quiet.names()).containsExactly(BOILER);
        assertThat(quiet.text(BOILER)).isEqualTo("poll = 1s # 4\n");
    }

    /** The power fails again while the change is being finished. */
    private void cutTheRecovery(Random dice) {
        home.power.cutAfter(dice.nextInt(12));
        try {
            home.restart();
        } catch (CutFolder.PowerCut again) {
            home.power.back();
            home.reboot(dice);
        }
        home.power.back();
    }

    /** Keeps everything or nothing. */
    private static final class Fixed extends Random {
        private static final long serialVersionUID = 1;
        private final boolean all;

        Fixed(boolean all) {
            this.all = all;
        }

        @Override
        public int nextInt(int bound) {
            return all ? bound - 1 : 0;
        }
    }
}
