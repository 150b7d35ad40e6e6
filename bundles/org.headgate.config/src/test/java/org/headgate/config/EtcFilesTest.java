package org.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import org.headgate.config.api.Change;
import org.headgate.config.api.FileName;
import org.headgate.config.api.Instance;
import org.headgate.config.text.SettingsText;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EtcFilesTest {
    private static final String BOILER = "headgate.device-boiler.cfg";
    private static final String PID = "headgate.device~boiler";

    @TempDir
    Path etc;

    private final MemoryAdmin admin = new MemoryAdmin();
    private Folder folder;
    private EtcFiles files;

    @BeforeEach
    void open() {
        open(new DiskFolder(etc));
    }

    private void put(String file, String text) throws IOException {
        Files.writeString(etc.resolve(file), text);
    }

    private Instance instance(String pid) {
        Map<String, Object> properties = new HashMap<>();
        var found = admin.configurations.get(pid);
        found.keys().asIterator().forEachRemaining(key -> properties.put(key, found.get(key)));
        return Instance.of(properties);
    }

    private void change(UnaryOperator<Change> edits) throws IOException {
        RevisionFolder revisions = new RevisionFolder(new MemoryFolder(new MemoryFolder.Power()));
        new ChangeWriter(files, folder, revisions, new Validators(), new SimulatedSystem(1))
                .change(edits.apply(Change.by("anna", "a change")), Optional.empty());
    }

    private void open(Folder etcFolder) {
        folder = etcFolder;
        files = new EtcFiles(folder, new LiveImage(admin.service()));
    }

    private void twoScans() {
        files.scan();
        files.scan();
    }

    @Test
    void aFileThatIsDeletedBetweenALookAndItsReadingIsNoTrouble() throws IOException {
        open(new CutFolder(new DiskFolder(etc)) {
            @Override
            public SortedMap<String, Stamp> list() throws IOException {
                SortedMap<String, Stamp> all = super.list();
                Files.deleteIfExists(etc.resolve(BOILER));
                return all;
            }
        });
        put(BOILER, "driver = simulator\n");
        files.load();
        put(BOILER, "driver = simulator\n");
        files.scan();
        put(BOILER, "driver = simulator\n");
        files.scan();
        assertThat(files.warnings()).isEmpty();
        assertThat(admin.configurations).isEmpty();
    }

    @Test
    void loadsInOrderAndTakesAwayWhatHasNoFile() throws IOException {
        put(BOILER, "driver = simulator\n");
        put("headgate.uplink-cloud.cfg", "transport = mqtt\n");
        new LiveImage(admin.service()).put(FileName.of("headgate.rule-old.cfg").orElseThrow(), SettingsText.parse(""));
        admin.log.clear();
        files.load();
        assertThat(admin.log)
                .containsExactly("delete headgate.rule~old", "update headgate.uplink~cloud", "update " + PID);
        Instance boiler = instance(PID);
        assertThat(boiler.name()).isEqualTo("boiler");
        assertThat(boiler.file()).isEqualTo(BOILER);
        assertThat(boiler.settings().text("driver")).contains("simulator");
    }

    @Test
    void anEditTouchesItsInstanceOnlyOnceTheFileIsAtRestAndACommentTouchesNone() throws IOException {
        put(BOILER, "poll = 1s\n");
        put("headgate.device-other.cfg", "poll = 1s\n");
        files.load();
        admin.log.clear();
        put(BOILER, "poll = 10s\n");
        files.scan();
        assertThat(admin.log).isEmpty();
        files.scan();
        put("headgate.device-other.cfg", "# a comment\npoll = 1s\n");
        twoScans();
        assertThat(admin.log).containsExactly("update " + PID);
        twoScans();
        assertThat(admin.log).hasSize(1);
    }

    @Test
    void seesAWriteThatSizeAndTimeDoNotShow() throws IOException {
        put(BOILER, "poll = 1s\n");
        files.load();
        FileTime time = Files.getLastModifiedTime(etc.resolve(BOILER));
        put(BOILER, "poll = 2s\n");
        Files.setLastModifiedTime(etc.resolve(BOILER), time);
        twoScans();
        assertThat(instance(PID).settings().text("poll")).contains("2s");
    }

    @Test
    void aFileThatIsMissingForOneScanStays() throws IOException {
        put(BOILER, "poll = 1s\n");
        files.load();
        Files.delete(etc.resolve(BOILER));
        files.scan();
        put(BOILER, "poll = 1s\n");
        twoScans();
        assertThat(admin.log).containsExactly("update " + PID);
        Files.delete(etc.resolve(BOILER));
        twoScans();
        assertThat(admin.configurations).isEmpty();
        assertThat(files.files()).isEmpty();
    }

    @Test
    void aBrokenFileMakesAnInvalidInstanceAndAWarningUntilItIsCorrected() throws IOException {
        put(BOILER, "driver modbus\n");
        put("headgate.device-BIG.cfg", "driver = x\n");
        put("headgate.device_x.cfg", "");
        files.load();
        assertThat(instance(PID).invalid()).contains(BOILER + " line 1: 'driver' (expected: key = value)");
        assertThat(instance("headgate.device~BIG").invalid()).isPresent();
        assertThat(files.warnings())
                .anySatisfy(line -> assertThat(line).contains("did you mean headgate.device-x.cfg?"))
                .anySatisfy(line -> assertThat(line).startsWith(BOILER + " line 1"))
                .anySatisfy(line -> assertThat(line).contains("BIG cannot be a name"))
                .hasSize(3);
        put(BOILER, "driver = modbus\n");
        Files.delete(etc.resolve("headgate.device_x.cfg"));
        Files.delete(etc.resolve("headgate.device-BIG.cfg"));
        twoScans();
        assertThat(files.warnings()).isEmpty();
        assertThat(instance(PID).broken()).isEmpty();
    }

    @Test
    void anEditIsLiveWhenItReturnsAndKeepsTheModeAndIsNotUpdatedAgain() throws IOException {
        put(BOILER, "# why\npoll = 1s # old\n");
        Files.setPosixFilePermissions(etc.resolve(BOILER), PosixFilePermissions.fromString("rw-rw----"));
        files.load();
        change(change -> change.set(BOILER, "poll", "2s"));
        assertThat(instance(PID).settings().text("poll")).contains("2s");
        twoScans();
        assertThat(admin.log).containsExactly("update " + PID, "update " + PID);
        assertThat(etc.resolve(BOILER)).hasContent("# why\npoll = 2s # old\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(etc.resolve(BOILER))))
                .isEqualTo("rw-rw----");
        assertThat(etc.toFile().list()).containsExactly(BOILER);
        change(change -> change.remove(BOILER));
        assertThat(admin.configurations).isEmpty();
    }

    @Test
    void editsOnlyFilesThatSomebodyReads() {
        for (String file : List.of("../x.cfg", "headgate.device-../x.cfg", "headgate.device_x.cfg", "passwd")) {
            assertThatThrownBy(() -> change(change -> change.set(file, "a", "1")))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void keepsWhatAnEditorWritesBetweenReadingAndRenaming() throws IOException {
        put(BOILER, "poll = 1s\n");
        open(new CutFolder(new DiskFolder(etc)) {
            private boolean raced;

            @Override
            public void write(String name, byte[] bytes, String modeOf) throws IOException {
                super.write(name, bytes, modeOf);
                if (!raced) {
                    raced = true;
                    put(BOILER, "poll = 1s\ndriver = modbus\n");
                }
            }
        });
        files.load();
        change(change -> change.set(BOILER, "poll", "2s"));
        assertThat(etc.resolve(BOILER)).hasContent("poll = 2s\ndriver = modbus\n");
    }

    @Test
    void aFileThatCannotBeReadKeepsItsLastGoodImageAndIsReadWhenItCan() throws IOException {
        put(BOILER, "poll = 1s\n");
        boolean[] fails = {false};
        open(new CutFolder(new DiskFolder(etc)) {
            @Override
            public Optional<byte[]> find(String name) throws IOException {
                if (fails[0]) {
                    throw new IOException("Input/output error");
                }
                return super.find(name);
            }
        });
        files.load();
        put(BOILER, "poll = 10s\n");
        fails[0] = true;
        twoScans();
        assertThat(files.warnings()).singleElement().asString().contains("Input/output error");
        assertThat(instance(PID).settings().text("poll")).contains("1s");
        fails[0] = false;
        twoScans();
        assertThat(instance(PID).settings().text("poll")).contains("10s");
        assertThat(files.warnings()).isEmpty();
    }

    @Test
    void afterAFailedListingNothingIsLostAndAFailedStartCatchesUp() throws IOException {
        put(BOILER, "poll = 1s\n");
        boolean[] fails = {true};
        open(new CutFolder(new DiskFolder(etc)) {
            @Override
            public SortedMap<String, Stamp> list() throws IOException {
                if (fails[0]) {
                    throw new IOException("Stale file handle");
                }
                return super.list();
            }
        });
        files.load();
        assertThat(files.warnings()).singleElement().asString().contains("Stale file handle");
        fails[0] = false;
        twoScans();
        assertThat(admin.configurations).containsOnlyKeys(PID);
        fails[0] = true;
        twoScans();
        assertThat(admin.configurations).containsOnlyKeys(PID);
        fails[0] = false;
        files.scan();
        assertThat(files.warnings()).isEmpty();
    }

    @Test
    void aFullDiskChangesNothingAndLeavesNothingBehind() throws IOException {
        put(BOILER, "poll = 1s\n");
        open(new CutFolder(new DiskFolder(etc)) {
            @Override
            public void write(String name, byte[] bytes, String modeOf) throws IOException {
                super.write(name, new byte[1], modeOf);
                throw new IOException("No space left on device");
            }
        });
        files.load();
        assertThatThrownBy(() -> change(change -> change.set(BOILER, "poll", "2s")))
                .hasMessage("No space left on device");
        assertThat(etc.resolve(BOILER)).hasContent("poll = 1s\n");
        assertThat(etc.toFile().list()).containsExactly(BOILER);
        assertThat(admin.log).hasSize(1);
    }
}
