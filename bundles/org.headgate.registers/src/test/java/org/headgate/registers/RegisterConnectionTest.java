package org.headgate.registers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.headgate.device.api.Channel;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.api.kit.RecordedReadings;
import org.junit.jupiter.api.Test;

class RegisterConnectionTest {
    /** Registers of a byte each, in which register n holds n; every transaction is noted. */
    private static final class Bytes implements RegisterAccess {
        final byte[] bytes = new byte[256];
        final List<String> transactions = new ArrayList<>();
        boolean closed;

        Bytes() {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) i;
            }
        }

        @Override
        public void read(Register from, byte[] into, int count) {
            transactions.add("r" + from.number() + "+" + count);
            System.arraycopy(bytes, (int) from.number() & 0xFF, into, 0, count);
        }

        @Override
        public void write(Register to, byte[] from, int count) {
            transactions.add("w" + to.number() + "+" + count);
            System.arraycopy(from, 0, bytes, (int) to.number(), count);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private final Bytes bytes = new Bytes();

    private static List<Channel> channels(String... texts) {
        return Arrays.stream(texts).map(Chan::of).toList();
    }

    private RegisterConnection connection(List<Channel> channels, boolean neighbours, int most)
            throws InvalidSettingException {
        return new RegisterConnection(
                new RegisterMap(channels, register -> true, Register.EXPECTED, neighbours, most), bytes);
    }

    private RecordedReadings read(boolean neighbours, int most, String... texts) throws Exception {
        List<Channel> channels = channels(texts);
        RecordedReadings readings = new RecordedReadings();
        connection(channels, neighbours, most).read(channels, readings);
        return readings;
    }

    @Test
    void fieldsOfOneRegisterAreReadAtOnce() throws Exception {
        RecordedReadings readings =
                read(false, 32, "0x10 uint16 bits=15..8", "0x20 uint8", "0x10 uint16 bits=7..0", "0x10 bool width=16");
        assertThat(bytes.transactions).containsExactly("r16+2", "r32+1");
        assertThat(readings.values)
                .containsEntry(0, 0x10L)
                .containsEntry(1, 0x20L)
                .containsEntry(2, 0x11L);
        assertThat(readings.values).containsEntry(3, true);
    }

    /** A chip whose registers are of 16 bits answers otherwise to one byte: what is asked for must not be guessed. */
    @Test
    void differentWidthsOfARegisterAreDifferentReads() throws Exception {
        read(false, 32, "0x10 uint16", "0x10 uint8");
        assertThat(bytes.transactions).containsExactly("r16+2", "r16+1");
    }

    @Test
    void neighboursAreLeftApartUnlessTheChipMovesOn() throws Exception {
        read(false, 32, "0x10 uint8", "0x11 uint8");
        assertThat(bytes.transactions).containsExactly("r16+1", "r17+1");
    }

    @Test
    void neighboursAreReadAtOnceInWhateverOrderTheyStand() throws Exception {
        RecordedReadings readings = read(
                true,
                32,
                "0x14 uint8",
                "0x10 uint16",
                "0x12 uint16 order=little",
                "0x11 uint8",
                "0x16 uint8",
                "0x10 uint8");
        assertThat(bytes.transactions).containsExactly("r16+5", "r22+1");
        assertThat(readings.values)
                .containsEntry(0, 0x14L)
                .containsEntry(1, 0x1011L)
                .containsEntry(2, 0x1312L)
                .containsEntry(3, 0x11L)
                .containsEntry(4, 0x16L)
                .containsEntry(5, 0x10L);
    }

    @Test
    void aBlockIsNoLongerThanAllowedButASingleValueMayBe() throws Exception {
        RecordedReadings readings =
                read(true, 4, "0x10 uint16", "0x12 uint16", "0x14 uint16", "0x20 int64", "0x21 uint8");
        assertThat(bytes.transactions).containsExactly("r16+4", "r20+2", "r32+8");
        assertThat(readings.values).containsEntry(2, 0x1415L).containsEntry(4, 0x21L);
    }

    @Test
    void numbersOfDifferentLengthAreDifferentRegisters() throws Exception {
        read(true, 32, "0x10 uint8", "0x11/16 uint8", "direct uint8", "direct uint16");
        assertThat(bytes.transactions).containsExactlyInAnyOrder("r16+1", "r17+1", "r0+2", "r0+1");
    }

    /** The value of an exchange is at its end, so a shorter one is not the beginning of a longer. */
    @Test
    void exchangesAreNotJoinedByTheirBytes() throws Exception {
        read(true, 32, "exchange/10 uint8", "exchange/11 uint8", "exchange/0010 uint16", "exchange/0010 uint8");
        assertThat(bytes.transactions).containsExactlyInAnyOrder("r16+1", "r17+1", "r16+2", "r16+1");
    }

    @Test
    void listsThatChangeAreReadRight() throws Exception {
        List<Channel> all = channels("0x10 uint8", "0x20 uint8", "0x30 uint8");
        RegisterConnection connection = connection(all, false, 32);
        for (int round = 0; round < 50; round++) {
            List<Channel> some = new ArrayList<>(all);
            Collections.rotate(some, round);
            some.remove(round % 3);
            RecordedReadings readings = new RecordedReadings();
            connection.read(some, readings);
            for (int i = 0; i < some.size(); i++) {
                assertThat(readings.values)
                        .containsEntry(i, (long) Integer.decode(some.get(i).source()));
            }
        }
    }

    @Test
    void aPartOfARegisterIsWrittenBesideWhatIsThere() throws Exception {
        List<Channel> channels = channels("0x35 uint8 bits=3..0 access=rw", "0x40 uint16 access=rw");
        RegisterConnection connection = connection(channels, false, 32);
        connection.write(channels.get(0), 10L);
        assertThat(bytes.transactions).containsExactly("r53+1", "w53+1");
        assertThat(bytes.bytes[0x35]).isEqualTo((byte) 0x3A);
        bytes.transactions.clear();
        connection.write(channels.get(1), 0x1234L);
        assertThat(bytes.transactions).containsExactly("w64+2");
        assertThat(bytes.bytes[0x40]).isEqualTo((byte) 0x12);
    }

    @Test
    void aValueThatDoesNotFitIsRefusedBeforeAnythingIsSent() throws Exception {
        List<Channel> channels = channels("0x35 uint8 bits=3..0 access=rw");
        RegisterConnection connection = connection(channels, false, 32);
        assertThatThrownBy(() -> connection.write(channels.get(0), 16L))
                .isInstanceOf(IOException.class)
                .hasMessage("16 does not fit (expected: 0 to 15)");
        assertThat(bytes.transactions).isEmpty();
    }

    @Test
    void asksWhetherTheDeviceAnswersByWhatWillBeReadAnyway() throws Exception {
        List<Channel> channels = channels("0x01 uint8 access=w", "0x22 uint16", "0x30 uint8");
        connection(channels, false, 32).probe(channels);
        assertThat(bytes.transactions).containsExactly("r34+2");
    }

    @Test
    void aClosedConnectionAnswersNothing() throws Exception {
        List<Channel> channels = channels("0x01 uint8 access=rw");
        RegisterConnection connection = connection(channels, false, 32);
        connection.close();
        assertThat(bytes.closed).isTrue();
        assertThatThrownBy(() -> connection.read(channels, new RecordedReadings()))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> connection.write(channels.get(0), 1L)).isInstanceOf(IOException.class);
        assertThat(bytes.transactions).isEmpty();
    }

    @Test
    void bitsOfWhatHasNoNumberCannotBeWrittenAlone() {
        for (String source : List.of("direct", "exchange/00ff")) {
            assertThatThrownBy(() -> connection(channels(source + " uint8 bits=3 access=rw"), false, 32))
                    .isInstanceOf(InvalidSettingException.class)
                    .hasMessageContaining(source + " (expected: a register with a number");
        }
    }

    @Test
    void anExchangeMustBeAsLongAsItsValue() {
        assertThatThrownBy(() -> connection(channels("exchange/00 uint16"), false, 32))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("an exchange of 2 bytes at least");
    }
}
