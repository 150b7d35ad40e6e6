package org.headgate.driver.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.headgate.device.api.Channel;
import org.headgate.device.api.kit.RecordedReadings;
import org.headgate.device.api.kit.ReportedRows;
import org.headgate.messages.Recorded;
import org.headgate.system.api.Deadline;
import org.headgate.system.api.Loop;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

/** What a device's values are while it is silent, offline, and back; in simulated time. */
class SilenceTest {
    private static final String SILENT = "silent for 30s: is the device on, and are the topics the right ones?";

    private final SimulatedSystem system = new SimulatedSystem(7);
    private final List<Channel> channels =
            List.of(Site.channel("temp", "/t double"), Site.channel("mode", "/mode string"));
    private final Intake intake = new Intake("lamp", channels);
    private final ReportedRows rows = new ReportedRows();
    private final Silence silence = new Silence(SimulatedWorld.of(system), Duration.ofSeconds(30), intake);

    private void comes(double temperature) {
        silence.heard();
        Recorded message = new Recorded(2);
        message.set(0, temperature);
        intake.take(message);
    }

    private void after(int seconds) {
        system.advance(Duration.ofSeconds(seconds));
    }

    private RecordedReadings read() throws Exception {
        RecordedReadings read = new RecordedReadings();
        intake.read(channels, read, Deadline.within(Duration.ZERO, system));
        return read;
    }

    @Test
    void eachMessageBeginsTheTimeAnewAndTheSilenceIsSaidOnce() {
        intake.report(channels, rows);
        after(29);
        comes(1);
        after(29);
        assertThat(rows.offline()).isEmpty();
        after(1);
        assertThat(rows.offline()).containsExactly(SILENT);
        after(300);
        assertThat(rows.offline()).hasSize(1);
    }

    @Test
    void whatTheNextMessageDoesNotHaveInItIsKnownFromBefore() throws Exception {
        intake.report(channels, rows);
        Recorded whole = new Recorded(2);
        whole.set(0, 1.0);
        whole.set(1, (Object) "eco");
        silence.heard();
        intake.take(whole);
        after(31);
        assertThat(read().bad).containsEntry(0, SILENT).containsEntry(1, SILENT);
        comes(2);
        assertThat(rows.all()).hasSize(3);
        assertThat(rows.all().get(1).uncertain).containsOnlyKeys(0, 1).containsEntry(1, "from before the silence");
        assertThat(rows.all().get(2).values).isEqualTo(java.util.Map.of(0, 2.0));
        assertThat(read().values).containsEntry(0, 2.0).containsEntry(1, "eco");
        comes(3);
        assertThat(rows.all()).as("said once").hasSize(4);
        after(31);
        assertThat(rows.offline()).hasSize(2);
    }

    @Test
    void theSilenceOfADeviceThatIsKnownToBeGoneIsNoNewsButThatOfOneWithoutValuesIs() {
        intake.report(channels, rows);
        intake.offline("its edge node has died");
        after(31);
        assertThat(rows.offline()).containsExactly("its edge node has died");
        intake.allBad("the edge node was born, the device not yet");
        after(31);
        assertThat(rows.offline()).containsExactly("its edge node has died", SILENT);
        intake.offline("the device has died");
        assertThat(rows.offline()).hasSize(3);
        intake.offline("the device has died");
        assertThat(rows.offline()).hasSize(3);
    }

    @Test
    void aSilenceBeforeAnybodyListensIsNotLost() {
        after(31);
        intake.report(channels, rows);
        assertThat(rows.offline()).containsExactly(SILENT);
        comes(1);
        assertThat(rows.all().get(rows.all().size() - 1).values).containsEntry(0, 1.0);
    }

    @Test
    void nothingIsSaidOfADeviceThatIsClosed() {
        intake.report(channels, rows);
        silence.close();
        after(60);
        assertThat(rows.offline()).isEmpty();
    }

    /** A device that cannot be opened is tried again and again: what each try leaves would pile up. */
    @Test
    void aDeviceThatIsClosedLeavesNoTimer() {
        AtomicInteger timers = new AtomicInteger();
        World world = SimulatedWorld.of(system);
        Loop counting = new Loop() {
            @Override
            public void execute(Runnable task) {
                world.loop().execute(task);
            }

            @Override
            public Timer schedule(Duration delay, Runnable task) {
                timers.incrementAndGet();
                Timer timer = world.loop().schedule(delay, () -> {
                    timers.decrementAndGet();
                    task.run();
                });
                return () -> {
                    timers.decrementAndGet();
                    timer.cancel();
                };
            }

            @Override
            public void close() {
                world.loop().close();
            }
        };
        World counted = new World(
                world.clock(),
                counting,
                world.calls(),
                world.randomness(),
                world.secrets(),
                world.files(),
                world.certificates());
        Silence other = new Silence(counted, Duration.ofMinutes(10), intake);
        assertThat(timers).hasValue(1);
        system.advance(Duration.ofMinutes(15));
        assertThat(timers).hasValue(1);
        other.close();
        assertThat(timers).hasValue(0);
    }
}
