package org.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.headgate.config.api.Change;
import org.headgate.config.api.Revision;
import org.headgate.config.api.Revisions;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

class FileRevisionsTest {
    private static final String BOILER = "headgate.device-boiler.cfg";
    private static final Duration WITHIN = Duration.ofMinutes(5);

    private final MemoryFolder.Power power = new MemoryFolder.Power();
    private final MemoryFolder etc = new MemoryFolder(power);
    private final MemoryFolder folder = new MemoryFolder(power);
    private final SimulatedSystem system = new SimulatedSystem(1);
    private FileConfigurations configurations;
    private FileRevisions revisions;

    private void start() {
        etc.put("headgate.gateway.cfg", "id = gw-1\n");
        LiveImage image = new LiveImage(new MemoryAdmin().service());
        configurations = new FileConfigurations(etc, folder, image, system, system, system, system, new Validators());
        revisions = new FileRevisions(configurations, system, system, system);
        system.run();
    }

    private void restart() {
        configurations.close();
        revisions.close();
        start();
    }

    private static Change poll(String value) {
        return Change.by("anna", "device:set").set(BOILER, "poll", value);
    }

    private List<Revision.State> states() {
        return revisions.list().stream().map(Revision::state).toList();
    }

    @Test
    void whatIsNotConfirmedInTimeGoesBackByItself() throws IOException {
        start();
        configurations.change(poll("1s"));
        assertThat(revisions.tryOut(poll("9s"), WITHIN).revision()).isEqualTo(3);
        assertThat(revisions.waiting()).contains(new Revisions.Waiting(3, 2, WITHIN));
        system.advance(WITHIN.minusSeconds(1));
        assertThat(etc.text(BOILER)).isEqualTo("poll = 9s\n");
        assertThat(states().get(0)).isEqualTo(Revision.State.WAITING);
        system.advance(Duration.ofSeconds(1));
        assertThat(etc.text(BOILER)).isEqualTo("poll = 1s\n");
        assertThat(states().subList(0, 3))
                .containsExactly(Revision.State.CONFIRMED, Revision.State.UNDONE, Revision.State.CONFIRMED);
        assertThat(revisions.list().get(0).by()).isEqualTo("gateway");
        assertThat(revisions.list().get(0).what()).isEqualTo("revision 3 was not confirmed in time");
        assertThat(revisions.waiting()).isEmpty();
    }

    @Test
    void aJumpOfTheWallClockNeitherShortensNorStretchesTheWait() throws IOException {
        start();
        configurations.change(poll("1s"));
        revisions.tryOut(poll("9s"), WITHIN);
        system.advance(Duration.ofMinutes(1));
        system.step(Duration.ofDays(400));
        system.advance(Duration.ofMinutes(3));
        assertThat(etc.text(BOILER)).isEqualTo("poll = 9s\n");
        assertThat(revisions.waiting().orElseThrow().left()).isEqualTo(Duration.ofMinutes(1));
        system.step(Duration.ofDays(-800));
        system.advance(Duration.ofMinutes(1));
        assertThat(etc.text(BOILER)).isEqualTo("poll = 1s\n");
    }

    @Test
    void itGoesBackAlsoAfterARestart() throws IOException {
        start();
        configurations.change(poll("1s"));
        revisions.tryOut(poll("9s"), WITHIN);
        system.advance(Duration.ofMinutes(2));
        restart();
        assertThat(etc.text(BOILER)).isEqualTo("poll = 9s\n");
        system.advance(Duration.ofMinutes(3));
        assertThat(etc.text(BOILER)).isEqualTo("poll = 1s\n");
        revisions.tryOut(poll("9s"), WITHIN);
        configurations.close();
        revisions.close();
        system.advance(Duration.ofMinutes(6));
        start();
        assertThat(etc.text(BOILER)).isEqualTo("poll = 1s\n");
    }

    @Test
    void whatIsConfirmedStaysAndASecondTrialHasItsOwnTime() throws IOException {
        start();
        configurations.change(poll("1s"));
        revisions.tryOut(poll("9s"), WITHIN);
        system.advance(Duration.ofMinutes(4));
        revisions.confirm();
        assertThat(states()).containsOnly(Revision.State.CONFIRMED);
        revisions.tryOut(poll("8s"), WITHIN);
        system.advance(Duration.ofMinutes(4));
        assertThat(etc.text(BOILER)).isEqualTo("poll = 8s\n");
        system.advance(Duration.ofMinutes(1));
        assertThat(etc.text(BOILER)).isEqualTo("poll = 9s\n");
    }

    @Test
    void aRollbackEndsTheWait() throws IOException {
        start();
        configurations.change(poll("1s"));
        revisions.tryOut(poll("9s"), WITHIN);
        assertThatThrownBy(() -> revisions.rollback(3, "anna"))
                .hasMessage("revision 3 is in force and waits; gateway:confirm keeps it");
        revisions.rollback(2, "anna");
        assertThat(revisions.waiting()).isEmpty();
        configurations.change(poll("3s"));
        system.advance(WITHIN);
        assertThat(etc.text(BOILER)).isEqualTo("poll = 3s\n");
        assertThat(revisions.files(2)).containsEntry(BOILER, "poll = 1s\n");
    }

    @Test
    void aDiskThatFailsWhenTheTimeIsOverIsTriedAgain() throws IOException {
        start();
        configurations.change(poll("1s"));
        for (int step = 0; step < 12; step++) {
            revisions.tryOut(poll("9s"), WITHIN);
            system.advance(WITHIN.minusMillis(1));
            power.failAfter(step, false);
            system.advance(Duration.ofMinutes(2));
            assertThat(power.hasStruck()).isTrue();
            power.back();
            system.advance(Duration.ofMinutes(2));
            assertThat(etc.text(BOILER)).as("step %d", step).isEqualTo("poll = 1s\n");
        }
    }

    @Test
    void aWaitMustBeSensible() {
        start();
        for (Duration within : List.of(Duration.ofSeconds(9), Duration.ofHours(25), Duration.ZERO)) {
            assertThatThrownBy(() -> revisions.tryOut(poll("1s"), within)).hasMessageContaining("from 10s to 24h");
        }
        assertThat(etc.text(BOILER)).isNull();
    }
}
