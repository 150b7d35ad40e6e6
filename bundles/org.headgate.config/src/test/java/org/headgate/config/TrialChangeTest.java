package org.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.headgate.config.WrittenHome.BOILER;
import static org.headgate.config.WrittenHome.PUMP;
import static org.headgate.config.WrittenHome.change;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeSet;
import org.headgate.config.api.Applied;
import org.headgate.config.api.Change;
import org.junit.jupiter.api.Test;

/** Changes that go back by themselves unless they are confirmed. */
class TrialChangeTest {
    private final WrittenHome home = new WrittenHome();

    @Test
    void aTrialGoesBackByItselfAndHoldsOffOtherChanges() throws IOException {
        home.set(BOILER, "poll", "1s");
        home.writer.change(change().set(BOILER, "poll", "9s"), Optional.of(Duration.ofMinutes(5)));
        assertThatThrownBy(() -> home.set(PUMP, "poll", "1s"))
                .hasMessage(
                        "revision 2 waits to be confirmed: gateway:confirm keeps it, gateway:rollback 1 takes it back");
        assertThat(home.left()).isEqualTo(Duration.ofMinutes(5));
        assertThat(home.writer.undo().orElseThrow().revision()).isEqualTo(3);
        assertThat(home.etc.text(BOILER)).isEqualTo("poll = 1s\n");
        assertThat(home.all().get(0).undoes()).isEqualTo(2);
        assertThat(home.waiting()).isEmpty();
        assertThat(home.set(PUMP, "poll", "1s").revision()).isEqualTo(4);
    }

    @Test
    void aTrialThatIsConfirmedStays() throws IOException {
        home.set(BOILER, "poll", "1s");
        home.writer.change(change().set(BOILER, "poll", "9s"), Optional.of(Duration.ofMinutes(5)));
        home.writer.confirm();
        assertThat(home.writer.undo()).isEmpty();
        assertThat(home.etc.text(BOILER)).isEqualTo("poll = 9s\n");
        assertThatThrownBy(home.writer::confirm).hasMessage("nothing waits to be confirmed");
    }

    @Test
    void theDeadlineHoldsOverARestartAndAClockThatWasSetBackMakesItNoLongerThanAsked() throws IOException {
        home.set(BOILER, "poll", "1s");
        home.writer.change(change().set(BOILER, "poll", "9s"), Optional.of(Duration.ofMinutes(5)));
        home.system.step(Duration.ofHours(-3));
        home.restart();
        assertThat(home.left()).isEqualTo(Duration.ofMinutes(5));
        home.system.step(Duration.ofHours(3).plusMinutes(4));
        home.restart();
        assertThat(home.left()).isEqualTo(Duration.ofMinutes(1));
        assertThat(home.etc.text(BOILER)).isEqualTo("poll = 9s\n");
        home.system.step(Duration.ofMinutes(2));
        home.restart();
        assertThat(home.etc.text(BOILER)).isEqualTo("poll = 1s\n");
        assertThat(home.waiting()).isEmpty();
    }

    @Test
    void aTrialThatAnEditorHasTakenBackIsOverAllTheSame() throws IOException {
        home.set(BOILER, "poll", "1s");
        home.writer.change(change().set(BOILER, "poll", "9s"), Optional.of(Duration.ofMinutes(5)));
        home.etc.put(BOILER, "poll = 1s\n");
        home.writer.undo();
        assertThat(home.waiting()).isEmpty();
        assertThat(home.set(PUMP, "poll", "1s").files()).containsExactly(PUMP);
    }

    @Test
    void anEditorsRevisionDoesNotHideWhatWaits() throws IOException {
        home.set(BOILER, "poll", "1s");
        home.writer.change(change().set(BOILER, "poll", "9s"), Optional.of(Duration.ofMinutes(5)));
        StoredRevision waiting = home.all().get(0);
        new RevisionFolder(home.revisions)
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
        assertThat(home.waiting().orElseThrow().number()).isEqualTo(2);
    }

    /** The journal could not be renamed: the trial is made, and must go back all the same. */
    @Test
    void aTrialWhoseRevisionCannotBeKeptYetGoesBackNevertheless() throws IOException {
        home.set(BOILER, "poll", "1s");
        boolean unsettled = false;
        for (int step = 0; !unsettled && step < 100; step++) {
            home.power.failAfter(step, true);
            try {
                Applied applied =
                        home.writer.change(change().set(BOILER, "poll", "9s"), Optional.of(Duration.ofMinutes(5)));
                unsettled =
                        applied.notes().stream().anyMatch(note -> note.startsWith("the revision cannot be kept yet"));
            } catch (IOException notYet) {
                assertThat(home.etc.text(BOILER)).as(notYet.getMessage()).isEqualTo("poll = 1s\n");
            }
            home.power.back();
            if (!unsettled) {
                home.writer.undo();
            }
        }
        assertThat(home.revisions.names()).contains("journal.json.gz");
        assertThat(home.waiting()).isPresent();
        assertThatThrownBy(() -> home.set(PUMP, "poll", "1s")).hasMessageContaining("waits to be confirmed");
        home.writer.undo();
        assertThat(home.etc.text(BOILER)).isEqualTo("poll = 1s\n");
        assertThat(home.waiting()).isEmpty();
    }

    @Test
    void aUserCalledEditorHasTheSameNetAsEverybody() throws IOException {
        home.set(BOILER, "poll", "1s");
        home.writer.change(Change.by("editor", "x").set(BOILER, "poll", "9s"), Optional.of(Duration.ofMinutes(5)));
        assertThat(home.waiting()).isPresent();
        home.writer.undo();
        assertThat(home.etc.text(BOILER)).isEqualTo("poll = 1s\n");
    }
}
