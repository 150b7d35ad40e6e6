package org.headgate.device.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.headgate.data.api.Quality;
import org.headgate.device.api.ActionNeededException;
import org.headgate.device.api.DeviceState;
import org.headgate.device.api.Trial;
import org.junit.jupiter.api.Test;

/** A device is opened and read once for somebody who sets it up, and afterwards is what it was. */
class TrialTest {
    private final Hall hall = new Hall();
    private final FakeDriver driver = new FakeDriver();
    private final Commissioner commissioner = new Commissioner(hall.registry);

    @Test
    void aRunningDeviceIsClosedFirstOpenedReadAndGoesOn() {
        hall.bind(driver);
        hall.add("x", "poll", "1s");
        driver.log.clear();
        Trial trial = test();
        assertThat(trial.failure()).isEmpty();
        assertThat(trial.row().orElseThrow().asDouble(0)).isEqualTo(21.5);
        assertThat(driver.log)
                .as("a medium that takes one connection is never asked for two")
                .startsWith("close", "open", "read");
        assertThat(driver.open).isEqualTo(1);
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Online.class);
        int rows = hall.rows("x").size();
        hall.system.advance(Duration.ofSeconds(3));
        assertThat(hall.rows("x")).as("it is polled again").hasSizeGreaterThan(rows + 1);
    }

    @Test
    void outputsStayAsTheyAre() {
        hall.bind(driver);
        hall.add("x", "channel.pump", "pump bool access=rw safe=false");
        hall.write("x", "pump", "true");
        driver.log.clear();
        assertThat(test().isAnswered()).isTrue();
        assertThat(driver.log).noneMatch(call -> call.startsWith("write"));
        assertThat(driver.values).containsEntry("pump", true);
    }

    @Test
    void aDisabledDeviceIsOpenedAndClosedAgainAndStaysDisabled() {
        hall.bind(driver);
        hall.add("x", "enabled", "false");
        Trial trial = test();
        assertThat(trial.row()).isPresent();
        assertThat(driver.log).containsExactly("open", "read", "close");
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Disabled.class);
        hall.system.advance(Duration.ofMinutes(5));
        assertThat(driver.open).isZero();
        assertThat(hall.rows("x")).as("what a test reads is nobody's row").isEmpty();
        assertThat(test().isAnswered()).as("and once more").isTrue();
    }

    @Test
    void aDisabledDeviceThatDoesNotAnswerIsNotTriedAgain() {
        driver.onOpen = device -> {
            throw new IOException("connection refused by the peer");
        };
        hall.bind(driver);
        hall.add("x", "enabled", "false");
        assertThat(test().failure()).isEqualTo("opening: connection refused by the peer");
        driver.onOpen = device -> {};
        driver.onRead = device -> {
            throw new IOException("no answer from unit 3");
        };
        assertThat(test().failure()).isEqualTo("reading: no answer from unit 3");
        driver.log.clear();
        hall.system.advance(Duration.ofHours(1));
        assertThat(driver.log).isEmpty();
        assertThat(driver.open).isZero();
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Disabled.class);
    }

    @Test
    void aDeviceThatIsDownIsTriedAtOnceAndSaysWhy() {
        driver.onOpen = device -> {
            throw new ActionNeededException("server certificate 3F:A2 is unknown", "opcua:trust press");
        };
        hall.bind(driver);
        hall.add("x");
        hall.system.advance(Duration.ofMinutes(30));
        driver.log.clear();
        assertThat(test().failure()).isEqualTo("opening: server certificate 3F:A2 is unknown: opcua:trust press");
        assertThat(driver.log).containsExactly("open");
        driver.onOpen = device -> {};
        assertThat(test().isAnswered()).isTrue();
        assertThat(hall.state("x")).as("it does not wait for its next try").isInstanceOf(DeviceState.Online.class);
    }

    @Test
    void aHangingDeviceIsGivenUpAfterItsTimeOut() {
        hall.bind(driver);
        hall.add("x", "timeout", "300ms", "enabled", "false");
        driver.onOpen = device -> hall.system.spend(Duration.ofSeconds(5));
        CompletableFuture<Trial> trial = commissioner.test("x").toCompletableFuture();
        hall.system.advance(Duration.ofSeconds(1));
        assertThat(trial.join().failure()).isEqualTo("opening: no answer (timeout = 300ms)");
        hall.system.advance(Duration.ofSeconds(10));
        assertThat(driver.open).as("what was opened too late is closed").isZero();
    }

    @Test
    void badChannelsSayWhy() {
        driver.badChannel = "level";
        hall.bind(driver);
        hall.add("x");
        Trial trial = test();
        assertThat(trial.bad()).containsExactly(java.util.Map.entry("level", "the wire is broken"));
        assertThat(trial.row().orElseThrow().quality(2)).isEqualTo(Quality.BAD);
    }

    @Test
    void whatCannotBeTriedIsRefused() {
        hall.add("x");
        assertThatThrownBy(this::test).hasMessageContaining("driver fake is not installed: driver:install fake");
        hall.bind(driver);
        hall.add("y", "poll", "0s");
        assertThatThrownBy(() -> test("y")).hasMessageContaining("device y is INVALID: poll: 0s (expected:");
        assertThatThrownBy(() -> test("yy")).hasMessageContaining("no device yy; did you mean");
    }

    @Test
    void aDriverThatLeavesEndsTheTest() {
        hall.bind(driver);
        hall.add("x");
        CompletableFuture<Trial> trial = commissioner.test("x").toCompletableFuture();
        assertThat(hall.unbind(driver)).isTrue();
        assertThat(trial).isDone();
        assertThat(driver.open).isZero();
        assertThat(hall.state("x")).isInstanceOf(DeviceState.WaitingForDriver.class);
    }

    private Trial test() {
        return test("x");
    }

    private Trial test(String device) {
        CompletableFuture<Trial> trial = commissioner.test(device).toCompletableFuture();
        hall.system.run();
        assertThat(trial).as("an answer").isDone();
        return trial.join();
    }
}
