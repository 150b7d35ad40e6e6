package org.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.headgate.config.WrittenHome.BOILER;
import static org.headgate.config.WrittenHome.PUMP;
import static org.headgate.config.WrittenHome.change;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.headgate.config.api.Applied;
import org.headgate.config.api.FileName;
import org.junit.jupiter.api.Test;

/** What a change is, and what is kept of it. */
class ChangeWriterTest {
    private final WrittenHome home = new WrittenHome();

    @Test
    void eachChangeIsARevisionWithItsAuthorAndItsFiles() throws IOException {
        assertThat(home.set(BOILER, "poll", "1s").revision()).isEqualTo(1);
        Applied second =
                home.writer.change(change().set(BOILER, "poll", "2s").set(PUMP, "poll", "1s"), Optional.empty());
        assertThat(second.revision()).isEqualTo(2);
        assertThat(second.files()).containsExactly(BOILER, PUMP);
        assertThat(home.writer.change(change().remove(PUMP), Optional.empty()).files())
                .containsExactly(PUMP);
        assertThat(home.all().stream().map(StoredRevision::changes).toList())
                .containsExactly(List.of("- " + PUMP), List.of("~ " + BOILER, "+ " + PUMP), List.of("+ " + BOILER));
        assertThat(home.all().get(0).by()).isEqualTo("anna");
        assertThat(home.all().get(0).what()).isEqualTo("device:set");
        assertThat(home.admin.configurations).containsOnlyKeys("headgate.device~boiler");
    }

    @Test
    void whatIsSoAlreadyMakesNoRevision() throws IOException {
        home.set(BOILER, "poll", "1s");
        Applied again = home.set(BOILER, "poll", "1s");
        assertThat(again.isNothing()).isTrue();
        assertThat(again.revision()).isEqualTo(1);
        assertThat(home.all()).hasSize(1);
    }

    @Test
    void whatAnEditorChangedIsARevisionOfItsOwn() throws IOException {
        home.etc.put(BOILER, "# mine\npoll = 1s\n");
        home.set(PUMP, "poll", "1s");
        home.etc.put(BOILER, "# mine\npoll = 3s\n");
        assertThat(home.set(PUMP, "poll", "2s").revision()).isEqualTo(4);
        assertThat(home.all().stream().map(StoredRevision::by).toList())
                .containsExactly("anna", "editor", "anna", "editor");
        assertThat(home.all().get(1).changes()).containsExactly("~ " + BOILER);
        home.writer.rollback(2, "anna");
        assertThat(home.etc.text(BOILER)).isEqualTo("# mine\npoll = 1s\n");
    }

    @Test
    void aRollbackBringsTheFilesBackButNotAnotherIdentity() throws IOException {
        home.etc.put(FileName.GATEWAY, "id = gw-old\nbroker = true\n");
        home.set(BOILER, "poll", "1s");
        home.writer.change(
                change().remove(BOILER).set(FileName.GATEWAY, "id", "gw-new").set(FileName.GATEWAY, "broker", "false"),
                Optional.empty());
        Applied back = home.writer.rollback(2, "anna");
        assertThat(back.revision()).isEqualTo(4);
        assertThat(home.etc.text(BOILER)).isEqualTo("poll = 1s\n");
        assertThat(home.etc.text(FileName.GATEWAY)).isEqualTo("id = gw-new\nbroker = true\n");
        assertThatThrownBy(() -> home.writer.rollback(77, "anna"))
                .hasMessage("no revision 77; gateway:revisions shows those that are kept");
    }

    @Test
    void theLastFiftyAreKeptAndTheLastConfirmedOneAlways() throws IOException {
        for (int i = 0; i < 60; i++) {
            home.set(BOILER, "poll", i + 1 + "s");
        }
        assertThat(home.all()).hasSize(50);
        assertThat(home.all().get(49).number()).isEqualTo(11);
        RevisionFolder folder = new RevisionFolder(home.revisions);
        StoredRevision last = home.all().get(0);
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
        home.set(BOILER, "poll", "1s");
        home.set(BOILER, "poll", "2s");
        home.revisions.put("00000001.json.gz", "garbage");
        assertThat(home.all()).hasSize(1);
        assertThatThrownBy(() -> home.writer.rollback(1, "anna")).hasMessageStartingWith("revision 1 cannot be read: ");
        home.revisions.put("00000002.json.gz", "garbage");
        assertThat(home.set(BOILER, "poll", "3s").revision())
                .as("a number is never used again")
                .isEqualTo(4);
    }

    /** Such as after {@code sudo nano}: nobody knows what is in it, so nobody may delete it. */
    @Test
    void aFileThatCannotBeReadIsInNoChangeAndNoRollback() throws IOException {
        home.set(BOILER, "poll", "1s");
        home.etc.put(PUMP, "poll = 1s\n");
        home.etc.unreadable(PUMP);
        assertThatThrownBy(() -> home.set(PUMP, "poll", "2s")).hasMessageStartingWith(PUMP + ": cannot be read");
        assertThat(home.set(BOILER, "poll", "2s").files()).containsExactly(BOILER);
        home.writer.change(change().set(BOILER, "poll", "9s"), Optional.of(Duration.ofMinutes(5)));
        home.writer.undo();
        home.etc.unreadable("");
        home.writer.rollback(home.all().get(1).number(), "anna");
        assertThat(home.etc.text(PUMP)).isEqualTo("poll = 1s\n");
        assertThat(home.files.warnings()).isNotEmpty();
    }
}
