package org.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.headgate.config.api.Applied;
import org.headgate.config.api.Change;
import org.headgate.config.api.FileName;
import org.headgate.config.api.Instance;
import org.headgate.config.api.InvalidChangeException;
import org.headgate.config.api.SetUp;
import org.headgate.config.api.Validator;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

class ChangeWriterTest {
    private static final String BOILER = "headgate.device-boiler.cfg";
    private static final String PUMP = "headgate.device-pump.cfg";
    private static final String RULE = "headgate.rule-avg.cfg";
    private static final Random ALL = new Fixed(true);
    private static final Random NONE = new Fixed(false);

    private final MemoryFolder.Power power = new MemoryFolder.Power();
    private MemoryFolder etc = new MemoryFolder(power);
    private MemoryFolder revisions = new MemoryFolder(power);
    private final MemoryAdmin admin = new MemoryAdmin();
    private final Validators validators = new Validators();
    private final SimulatedSystem system = new SimulatedSystem(1);
    private EtcFiles files;
    private ChangeWriter writer = start();

    private ChangeWriter start() {
        files = new EtcFiles(etc, new LiveImage(admin.service()));
        ChangeWriter started = new ChangeWriter(files, etc, new RevisionFolder(revisions), validators, system);
        started.recover();
        files.load();
        return started;
    }

    private static Change change() {
        return Change.by("anna", "device:set");
    }

    private Applied set(String file, String key, String value) throws IOException {
        return writer.change(change().set(file, key, value), Optional.empty());
    }

    private List<StoredRevision> all() throws IOException {
        RevisionFolder folder = new RevisionFolder(revisions);
        List<StoredRevision> all = new ArrayList<>();
        for (StoredRevision.Heading heading : folder.headings()) {
            all.add(folder.read(heading.number()));
        }
        return all;
    }

    private Optional<StoredRevision> waiting() throws IOException {
        return writer.waiting().find();
    }

    private Duration left() throws IOException {
        return writer.waiting().left(waiting().orElseThrow());
    }

    @Test
    void eachChangeIsARevisionWithItsAuthorAndItsFiles() throws IOException {
        assertThat(set(BOILER, "poll", "1s").revision()).isEqualTo(1);
        Applied second = writer.change(change().set(BOILER, "poll", "2s").set(PUMP, "poll", "1s"), Optional.empty());
        assertThat(second.revision()).isEqualTo(2);
        assertThat(second.files()).containsExactly(BOILER, PUMP);
        assertThat(writer.change(change().remove(PUMP), Optional.empty()).files())
                .containsExactly(PUMP);
        assertThat(all().stream().map(StoredRevision::changes).toList())
                .containsExactly(List.of("- " + PUMP), List.of("~ " + BOILER, "+ " + PUMP), List.of("+ " + BOILER));
        assertThat(all().get(0).by()).isEqualTo("anna");
        assertThat(all().get(0).what()).isEqualTo("device:set");
        assertThat(admin.configurations).containsOnlyKeys("headgate.device~boiler");
    }

    @Test
    void whatIsSoAlreadyMakesNoRevision() throws IOException {
        set(BOILER, "poll", "1s");
        Applied again = set(BOILER, "poll", "1s");
        assertThat(again.isNothing()).isTrue();
        assertThat(again.revision()).isEqualTo(1);
        assertThat(all()).hasSize(1);
    }

    @Test
    void whatAnEditorChangedIsARevisionOfItsOwn() throws IOException {
        etc.put(BOILER, "# mine\npoll = 1s\n");
        set(PUMP, "poll", "1s");
        etc.put(BOILER, "# mine\npoll = 3s\n");
        assertThat(set(PUMP, "poll", "2s").revision()).isEqualTo(4);
        assertThat(all().stream().map(StoredRevision::by).toList()).containsExactly("anna", "editor", "anna", "editor");
        assertThat(all().get(1).changes()).containsExactly("~ " + BOILER);
        writer.rollback(2, "anna");
        assertThat(etc.text(BOILER)).isEqualTo("# mine\npoll = 1s\n");
    }

    @Test
    void aRollbackBringsTheFilesBackButNotAnotherIdentity() throws IOException {
        etc.put(FileName.GATEWAY, "id = gw-old\nbroker = true\n");
        set(BOILER, "poll", "1s");
        writer.change(
                change().remove(BOILER).set(FileName.GATEWAY, "id", "gw-new").set(FileName.GATEWAY, "broker", "false"),
                Optional.empty());
        Applied back = writer.rollback(2, "anna");
        assertThat(back.revision()).isEqualTo(4);
        assertThat(etc.text(BOILER)).isEqualTo("poll = 1s\n");
        assertThat(etc.text(FileName.GATEWAY)).isEqualTo("id = gw-new\nbroker = true\n");
        assertThatThrownBy(() -> writer.rollback(77, "anna"))
                .hasMessage("no revision 77; gateway:revisions shows those that are kept");
    }

    @Test
    void aChangeIsRefusedForNewProblemsOnly() throws IOException {
        etc.put(BOILER, "poll = never\nunknown = 1\n");
        validators.bind(new PollAndKey());
        InvalidChangeException refused = (InvalidChangeException) catchIo(() -> set(PUMP, "poll", "soon"));
        assertThat(refused.problems()).containsExactly(PUMP + ": poll: soon");
        assertThat(etc.text(PUMP)).isNull();
        assertThat(writer.problems(change().set(PUMP, "poll", "soon"))).containsExactly(PUMP + ": poll: soon");
        assertThat(set(BOILER, "poll", "1s").files())
                .as("one of two mistakes mended")
                .containsExactly(BOILER);
        assertThatThrownBy(() -> set(BOILER, "poll", "often")).hasMessage(BOILER + ": poll: often");
    }

    @Test
    void aSecretInClearTextIsRefusedAndNotRepeated() throws IOException {
        assertThatThrownBy(() -> set(BOILER, "proxy.password", "hunter2"))
                .hasMessageStartingWith(BOILER + ": proxy.password: *** (expected: @NAME")
                .hasMessageNotContaining("hunter2");
        assertThat(etc.names()).isEmpty();
        validators.bind(new Refuses());
        assertThatThrownBy(() -> set(BOILER, "password", "hunter2"))
                .hasMessage(BOILER + ": password: *** (expected: one of seed)");
        assertThat(set(BOILER, "proxy.password", "@proxy").files()).containsExactly(BOILER);
    }

    @Test
    void whatAChangeBreaksElsewhereIsANote() throws IOException {
        validators.bind(new Reads());
        writer.change(change().set(BOILER, "poll", "1s").set(RULE, "reads", "boiler"), Optional.empty());
        Applied removed = writer.change(change().remove(BOILER), Optional.empty());
        assertThat(removed.notes()).containsExactly(RULE + ": reads: boiler");
    }

    @Test
    void aBrokenFileCanBeReplacedAndRemovedButNotEdited() throws IOException {
        etc.put(BOILER, "what is this\n");
        assertThatThrownBy(() -> set(BOILER, "poll", "1s")).hasMessageContaining("correct the file by hand first");
        assertThat(set(PUMP, "poll", "1s").files()).containsExactly(PUMP);
        writer.change(change().replace(BOILER, "poll = 1s\n"), Optional.empty());
        assertThat(etc.text(BOILER)).isEqualTo("poll = 1s\n");
        assertThatThrownBy(() -> writer.change(change().replace(BOILER, "torn"), Optional.empty()))
                .hasMessageStartingWith(BOILER + " line 1: 'torn'");
    }

    @Test
    void aTrialGoesBackByItselfAndHoldsOffOtherChanges() throws IOException {
        set(BOILER, "poll", "1s");
        writer.change(change().set(BOILER, "poll", "9s"), Optional.of(Duration.ofMinutes(5)));
        assertThatThrownBy(() -> set(PUMP, "poll", "1s"))
                .hasMessage(
                        "revision 2 waits to be confirmed: gateway:confirm keeps it, gateway:rollback 1 takes it back");
        assertThat(left()).isEqualTo(Duration.ofMinutes(5));
        assertThat(writer.undo().orElseThrow().revision()).isEqualTo(3);
        assertThat(etc.text(BOILER)).isEqualTo("poll = 1s\n");
        assertThat(all().get(0).undoes()).isEqualTo(2);
        assertThat(waiting()).isEmpty();
        assertThat(set(PUMP, "poll", "1s").revision()).isEqualTo(4);
    }

    @Test
    void aTrialThatIsConfirmedStays() throws IOException {
        set(BOILER, "poll", "1s");
        writer.change(change().set(BOILER, "poll", "9s"), Optional.of(Duration.ofMinutes(5)));
        writer.confirm();
        assertThat(writer.undo()).isEmpty();
        assertThat(etc.text(BOILER)).isEqualTo("poll = 9s\n");
        assertThatThrownBy(writer::confirm).hasMessage("nothing waits to be confirmed");
    }

    @Test
    void theDeadlineHoldsOverARestartAndAClockThatWasSetBackMakesItNoLongerThanAsked() throws IOException {
        set(BOILER, "poll", "1s");
        writer.change(change().set(BOILER, "poll", "9s"), Optional.of(Duration.ofMinutes(5)));
        system.step(Duration.ofHours(-3));
        writer = start();
        assertThat(left()).isEqualTo(Duration.ofMinutes(5));
        system.step(Duration.ofHours(3).plusMinutes(4));
        writer = start();
        assertThat(left()).isEqualTo(Duration.ofMinutes(1));
        assertThat(etc.text(BOILER)).isEqualTo("poll = 9s\n");
        system.step(Duration.ofMinutes(2));
        writer = start();
        assertThat(etc.text(BOILER)).isEqualTo("poll = 1s\n");
        assertThat(waiting()).isEmpty();
    }

    @Test
    void theLastFiftyAreKeptAndTheLastConfirmedOneAlways() throws IOException {
        for (int i = 0; i < 60; i++) {
            set(BOILER, "poll", i + 1 + "s");
        }
        assertThat(all()).hasSize(50);
        assertThat(all().get(49).number()).isEqualTo(11);
        RevisionFolder folder = new RevisionFolder(revisions);
        StoredRevision last = all().get(0);
        for (int i = 61; i <= 120; i++) {
            folder.write(new StoredRevision(
                    i,
                    0,
                    "x",
                    "x",
                    Optional.of(new StoredRevision.Trial(0, 0, 60)),
                    0,
                    last.before(),
                    last.files(),
                    new TreeSet<>(),
                    false));
        }
        folder.prune();
        assertThat(folder.numbers()).hasSize(51).startsWith(60L, 71L).endsWith(120L);
    }

    @Test
    void aDamagedRevisionCostsItselfOnly() throws IOException {
        set(BOILER, "poll", "1s");
        set(BOILER, "poll", "2s");
        revisions.put("00000001.json.gz", "garbage");
        assertThat(all()).hasSize(1);
        assertThatThrownBy(() -> writer.rollback(1, "anna")).hasMessageStartingWith("revision 1 cannot be read: ");
        revisions.put("00000002.json.gz", "garbage");
        assertThat(set(BOILER, "poll", "3s").revision())
                .as("a number is never used again")
                .isEqualTo(4);
    }

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
                etc = new MemoryFolder(power);
                revisions = new MemoryFolder(power);
                old.forEach(etc::put);
                etc.put(PUMP, "poll = 5s\n");
                writer = start();
                set(PUMP, "poll", "1s");
                power.cutAfter(step);
                boolean made = false;
                try {
                    Change change = change().set(BOILER, "poll", "2s")
                            .remove(PUMP)
                            .remove(RULE)
                            .set("headgate.rule-new.cfg", "sql", "y");
                    writer.change(change, Optional.empty());
                    made = true;
                } catch (CutFolder.PowerCut cut) {
                    steps++;
                }
                struck = power.hasStruck();
                power.back();
                Random dice = new Random(31L * step + seed);
                etc.reboot(dice);
                revisions.reboot(dice);
                cutTheRecovery(dice);
                writer = start();
                boolean isNew = etc.text(PUMP) == null;
                assertThat(texts()).as("step %d seed %d", step, seed).isEqualTo(isNew ? wanted : old);
                assertThat(isNew || !made).as("what the command said").isTrue();
                etc.reboot(NONE);
                revisions.reboot(NONE);
                writer = start();
                assertThat(texts()).as("what was finished stays so").isEqualTo(isNew ? wanted : old);
                StoredRevision newest = all().get(0);
                assertThat(newest.holds(files.snapshot().files()))
                        .as("step %d", step)
                        .isTrue();
                finished += isNew ? 1 : 0;
                assertThat(revisions.names()).allMatch(name -> name.matches("\\d{8}\\.json\\.gz"));
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
                etc = new MemoryFolder(power);
                revisions = new MemoryFolder(power);
                etc.put(BOILER, "poll = 1s\n");
                etc.put(PUMP, "poll = 1s\n");
                writer = start();
                set(RULE, "sql", "x");
                power.failAfter(step, once);
                String failure = "";
                try {
                    writer.change(change().set(BOILER, "poll", "2s").set(PUMP, "poll", "2s"), Optional.empty());
                } catch (IOException failed) {
                    failure = failed.getMessage();
                }
                struck = power.hasStruck();
                power.back();
                said.add(failure);
                boolean changed = etc.text(BOILER).contains("2s");
                if (!failure.startsWith("half made")) {
                    assertThat(etc.text(PUMP).contains("2s")).as(failure).isEqualTo(changed);
                    assertThat(changed).as("step %d: %s", step, failure).isEqualTo(failure.isEmpty());
                    // And then the power fails: what the disk has not heard of is gone.
                    if (!failure.isEmpty()) {
                        etc.reboot(NONE);
                        revisions.reboot(NONE);
                    }
                }
                writer = start();
                boolean after = etc.text(BOILER).contains("2s");
                assertThat(etc.text(PUMP).contains("2s")).isEqualTo(after);
                assertThat(failure.startsWith("half made") || after == failure.isEmpty())
                        .as("step %d: %s", step, failure)
                        .isTrue();
                assertThat(etc.names()).containsExactly(BOILER, PUMP, RULE);
            }
        }
        assertThat(said).contains("", "No space left on device").anyMatch(text -> text.startsWith("half made"));
    }

    /** A user who repairs a file by hand before the next start must find his text again. */
    @Test
    void finishingAfterACutLeavesWhatSomebodyWroteSince() throws IOException {
        etc.put(BOILER, "poll = 1s\n");
        etc.put(PUMP, "poll = 1s\n");
        writer = start();
        set(RULE, "sql", "x");
        for (int step = 0; ; step++) {
            power.cutAfter(step);
            try {
                writer.change(change().set(BOILER, "poll", "2s").set(PUMP, "poll", "2s"), Optional.empty());
            } catch (CutFolder.PowerCut cut) {
                power.back();
                etc.reboot(ALL);
                revisions.reboot(ALL);
            }
            if (revisions.names().contains("journal.json.gz")) {
                break;
            }
            writer = start();
        }
        etc.put(BOILER, "poll = 77s\n");
        writer = start();
        assertThat(etc.text(BOILER)).isEqualTo("poll = 77s\n");
        assertThat(etc.text(PUMP)).isEqualTo("poll = 2s\n");
    }

    @Test
    void whatIsHalfMadeIsFinishedByTheNextChange() throws IOException {
        boolean half = false;
        for (int step = 0; !half; step++) {
            etc.put(BOILER, "poll = 1s\n");
            etc.put(PUMP, "poll = 1s\n");
            power.failAfter(step, false);
            try {
                writer.change(change().set(BOILER, "poll", "2s").set(PUMP, "poll", "2s"), Optional.empty());
            } catch (IOException failed) {
                half = failed.getMessage().startsWith("half made")
                        && revisions.names().contains("journal.json.gz");
            }
            power.back();
        }
        assertThat(set(RULE, "sql", "x").files()).containsExactly(RULE);
        assertThat(etc.text(BOILER) + etc.text(PUMP)).isEqualTo("poll = 2s\npoll = 2s\n");
        assertThat(all().get(0).changes()).containsExactly("+ " + RULE);
        assertThat(all().get(1).changes()).containsExactly("~ " + BOILER, "~ " + PUMP);
    }

    @Test
    void whoLosesEachRaceAgainstAnEditorLeavesNothingBehind() throws IOException {
        MemoryFolder quiet = etc;
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
                new EtcFiles(busy, new LiveImage(admin.service())),
                busy,
                new RevisionFolder(revisions),
                validators,
                system);
        assertThatThrownBy(() -> unlucky.change(change().set(BOILER, "poll", "2s"), Optional.empty()))
                .hasMessage("somebody else keeps writing the same files; try again");
        assertThat(revisions.names()).doesNotContain("journal.json.gz");
        assertThat(quiet.names()).containsExactly(BOILER);
        assertThat(quiet.text(BOILER)).isEqualTo("poll = 1s # 4\n");
    }

    @Test
    void aTrialThatAnEditorHasTakenBackIsOverAllTheSame() throws IOException {
        set(BOILER, "poll", "1s");
        writer.change(change().set(BOILER, "poll", "9s"), Optional.of(Duration.ofMinutes(5)));
        etc.put(BOILER, "poll = 1s\n");
        writer.undo();
        assertThat(waiting()).isEmpty();
        assertThat(set(PUMP, "poll", "1s").files()).containsExactly(PUMP);
    }

    @Test
    void anEditorsRevisionDoesNotHideWhatWaits() throws IOException {
        set(BOILER, "poll", "1s");
        writer.change(change().set(BOILER, "poll", "9s"), Optional.of(Duration.ofMinutes(5)));
        StoredRevision waiting = all().get(0);
        new RevisionFolder(revisions)
                .write(new StoredRevision(
                        3,
                        0,
                        "editor",
                        "",
                        Optional.empty(),
                        0,
                        waiting.before(),
                        waiting.files(),
                        new TreeSet<>(),
                        true));
        assertThat(waiting().orElseThrow().number()).isEqualTo(2);
    }

    /** The journal could not be renamed: the trial is made, and must go back all the same. */
    @Test
    void aTrialWhoseRevisionCannotBeKeptYetGoesBackNevertheless() throws IOException {
        set(BOILER, "poll", "1s");
        boolean unsettled = false;
        for (int step = 0; !unsettled && step < 100; step++) {
            power.failAfter(step, true);
            try {
                Applied applied = writer.change(change().set(BOILER, "poll", "9s"), Optional.of(Duration.ofMinutes(5)));
                unsettled =
                        applied.notes().stream().anyMatch(note -> note.startsWith("the revision cannot be kept yet"));
            } catch (IOException notYet) {
                assertThat(etc.text(BOILER)).as(notYet.getMessage()).isEqualTo("poll = 1s\n");
            }
            power.back();
            if (!unsettled) {
                writer.undo();
            }
        }
        assertThat(revisions.names()).contains("journal.json.gz");
        assertThat(waiting()).isPresent();
        assertThatThrownBy(() -> set(PUMP, "poll", "1s")).hasMessageContaining("waits to be confirmed");
        writer.undo();
        assertThat(etc.text(BOILER)).isEqualTo("poll = 1s\n");
        assertThat(waiting()).isEmpty();
    }

    @Test
    void aUserCalledEditorHasTheSameNetAsEverybody() throws IOException {
        set(BOILER, "poll", "1s");
        writer.change(Change.by("editor", "x").set(BOILER, "poll", "9s"), Optional.of(Duration.ofMinutes(5)));
        assertThat(waiting()).isPresent();
        writer.undo();
        assertThat(etc.text(BOILER)).isEqualTo("poll = 1s\n");
    }

    /** Such as after {@code sudo nano}: nobody knows what is in it, so nobody may delete it. */
    @Test
    void aFileThatCannotBeReadIsInNoChangeAndNoRollback() throws IOException {
        set(BOILER, "poll", "1s");
        etc.put(PUMP, "poll = 1s\n");
        etc.unreadable(PUMP);
        assertThatThrownBy(() -> set(PUMP, "poll", "2s")).hasMessageStartingWith(PUMP + ": cannot be read");
        assertThat(set(BOILER, "poll", "2s").files()).containsExactly(BOILER);
        writer.change(change().set(BOILER, "poll", "9s"), Optional.of(Duration.ofMinutes(5)));
        writer.undo();
        etc.unreadable("");
        writer.rollback(all().get(1).number(), "anna");
        assertThat(etc.text(PUMP)).isEqualTo("poll = 1s\n");
        assertThat(files.warnings()).isNotEmpty();
    }

    @Test
    void aValidatorThatHangsOrFailsHoldsOffNobodyElse() throws IOException {
        Validator foreign = new Validator() {
            @Override
            public String kind() {
                return "device";
            }

            @Override
            public List<String> problems(Instance instance, SetUp whole) {
                try {
                    // The lock is free meanwhile: others can go on.
                    writer.change(change().set(RULE, "sql", "x"), Optional.empty());
                } catch (IOException impossible) {
                    throw new IllegalStateException(impossible);
                }
                throw new NoClassDefFoundError("a driver that was built against something else");
            }
        };
        validators.bind(foreign);
        assertThat(set(BOILER, "poll", "1s").files()).containsExactly(BOILER);
        validators.unbind(foreign);
        assertThat(etc.names()).containsExactly(BOILER, RULE);
    }

    /** The power fails again while the change is being finished. */
    private void cutTheRecovery(Random dice) {
        power.cutAfter(dice.nextInt(12));
        try {
            start();
        } catch (CutFolder.PowerCut again) {
            power.back();
            etc.reboot(dice);
            revisions.reboot(dice);
        }
        power.back();
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

    private Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>();
        etc.names().forEach(name -> texts.put(name, etc.text(name)));
        return texts;
    }

    private static IOException catchIo(ThrowingCallable call) {
        return catchThrowableOfType(IOException.class, call);
    }

    /** Finds {@code poll} wrong unless it begins with a digit, and {@code unknown} always. */
    private static final class PollAndKey implements Validator {
        @Override
        public String kind() {
            return "device";
        }

        @Override
        public List<String> problems(Instance instance, SetUp whole) {
            List<String> problems = new ArrayList<>();
            instance.settings()
                    .text("poll")
                    .filter(poll -> !Character.isDigit(poll.charAt(0)))
                    .ifPresent(poll -> problems.add("poll: " + poll));
            instance.settings().text("unknown").ifPresent(value -> problems.add("unknown: " + value));
            return problems;
        }
    }

    /** Knows no password, and repeats the one that it was given. */
    private static final class Refuses implements Validator {
        @Override
        public String kind() {
            return "device";
        }

        @Override
        public List<String> problems(Instance instance, SetUp whole) {
            return instance.settings().text("password").stream()
                    .map(password -> "password: " + password + " (expected: one of seed)")
                    .toList();
        }
    }

    /** Finds wrong what reads a device that is not there. */
    private static final class Reads implements Validator {
        @Override
        public String kind() {
            return "rule";
        }

        @Override
        public List<String> problems(Instance instance, SetUp whole) {
            return instance.settings().text("reads").stream()
                    .filter(device -> !whole.names("device").contains(device))
                    .map(device -> "reads: " + device)
                    .toList();
        }
    }
}
