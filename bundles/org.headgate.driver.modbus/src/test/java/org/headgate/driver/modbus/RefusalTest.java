package org.headgate.driver.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.headgate.device.api.DeviceSettings;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a unit refuses now it may know later: one that starts answers exception 2 for everything, and is read as before when it has started. */
class RefusalTest {
    private static final int REGISTERS = 60;
    private static final Duration ANSWER = Duration.ofMillis(1);

    private final SimulatedSystem system = new SimulatedSystem(5);
    private final Splits splits = new Splits();
    private DeviceSettings settings;
    private ModbusConnection connection;
    private IntPredicate known = register -> true;
    private Duration answer = ANSWER;
    private int most = REGISTERS;
    private int requests;

    /** A unit that refuses requests for too many registers, and for one that it does not know. */
    private final Line line = new Line() {
        @Override
        public byte[] exchange(int unit, byte[] pdu, Duration timeout) throws IOException {
            requests++;
            system.advance(answer);
            int from = pdu[2];
            int count = pdu[4];
            if (count > most) {
                throw new ModbusException(ModbusException.ILLEGAL_VALUE);
            }
            if (!IntStream.range(from, from + count).allMatch(known)) {
                throw new ModbusException(ModbusException.ILLEGAL_ADDRESS);
            }
            byte[] registers = new byte[2 + 2 * count];
            registers[0] = pdu[0];
            registers[1] = (byte) (2 * count);
            return registers;
        }

        @Override
        public boolean isShared() {
            return false;
        }

        @Override
        public LineCounts counts() {
            return new LineCounts();
        }

        @Override
        public void close() {
            requests = 0;
        }
    };

    @BeforeEach
    void open() throws Exception {
        settings = Units.within(
                Units.device(
                        "rtu:/dev/ttyUSB0,unit=1",
                        IntStream.range(0, REGISTERS)
                                .mapToObj(register -> "r" + register + ": holding/" + register)
                                .toArray(String[]::new)),
                Duration.ofSeconds(2));
        connection = new ModbusConnection(Setup.parse(settings), line, splits, new Slowness(), system);
    }

    /** Requests of a read, and how many values it has brought. */
    private void assertRead(int asked, int values) throws IOException {
        requests = 0;
        assertThat(Units.read(connection, settings.channels()).values).hasSize(values);
        assertThat(requests).isEqualTo(asked);
    }

    @Test
    void aUnitThatStartsIsReadWithOneRequestWhenItHasStarted() throws Exception {
        known = register -> false;
        assertRead(2 * REGISTERS - 1, 0);
        assertRead(0, 0);
        known = register -> true;
        assertRead(0, 0);
        system.advance(Duration.ofSeconds(61));
        assertRead(1, REGISTERS);
        assertRead(1, REGISTERS);
    }

    @Test
    void whatIsNeverThereIsSplitEverMoreRarely() throws Exception {
        known = register -> false;
        int all = 0;
        for (int minute = 0; minute < 60; minute++) {
            requests = 0;
            Units.read(connection, settings.channels());
            all += requests;
            system.advance(Duration.ofSeconds(61));
        }
        assertThat(all).isLessThanOrEqualTo(60 + 6 * 2 * REGISTERS);
    }

    @Test
    void cutsOfAUnitThatKnewHalfOfItsRegistersAreForgottenWhenItKnowsThemAll() throws Exception {
        known = register -> register < REGISTERS / 2;
        Units.read(connection, settings.channels());
        known = register -> true;
        system.advance(Duration.ofSeconds(50));
        requests = 0;
        Units.read(connection, settings.channels());
        assertThat(requests).isEqualTo(1);
        system.advance(Duration.ofSeconds(11));
        assertRead(1, REGISTERS);
        assertRead(1, REGISTERS);
    }

    /** Too slow for so many requests: the unit was OFFLINE for good, with each opening. */
    @Test
    void cutsThatAreTooManyForTheTimeOutAreForgottenToo() throws Exception {
        known = register -> false;
        answer = Duration.ofMillis(40);
        assertThatThrownBy(() -> Units.read(connection, settings.channels())).hasMessageContaining("a longer timeout");
        known = register -> true;
        system.advance(Duration.ofSeconds(61));
        connection = new ModbusConnection(Setup.parse(settings), line, splits, new Slowness(), system);
        assertRead(1, REGISTERS);
    }

    @Test
    void theWholeIsAskedForRarelyWhereTheUnitDoesNotTakeIt() throws Exception {
        most = 20;
        Units.read(connection, settings.channels());
        assertRead(4, REGISTERS);
        system.advance(Duration.ofSeconds(61));
        assertRead(5, REGISTERS);
        assertRead(4, REGISTERS);
        system.advance(Duration.ofSeconds(61));
        assertRead(4, REGISTERS);
        system.advance(Duration.ofSeconds(61));
        assertRead(5, REGISTERS);
        connection = new ModbusConnection(Setup.parse(settings), line, splits, new Slowness(), system);
        assertRead(4, REGISTERS);
        for (int day = 0; day < 30; day++) {
            system.advance(Duration.ofDays(1).plusSeconds(1));
            requests = 0;
            Units.read(connection, settings.channels());
            assertThat(requests).isBetween(4, 5);
        }
        assertThat(requests).isEqualTo(5);
    }
}
