package org.headgate.driver.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.headgate.driver.modbus.Guesses.Guess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What looks right is taken as what it is, in whatever order a device sends its bytes. */
class GuessesTest {
    private final NavigableMap<Integer, Integer> registers = new TreeMap<>();

    /** A float as a device of that order sends it: by its bytes, not by the code that reads it. */
    private void put(int register, float value, Order order) {
        byte[] abcd = ByteBuffer.allocate(4).putFloat(value).array();
        byte[] sent = new byte[4];
        for (int i = 0; i < 4; i++) {
            sent[i] = abcd[order.name().charAt(i) - 'A'];
        }
        registers.put(register, Short.toUnsignedInt(ByteBuffer.wrap(sent).getShort(0)));
        registers.put(register + 1, Short.toUnsignedInt(ByteBuffer.wrap(sent).getShort(2)));
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void floatsOfAMeterAreFoundInTheOrderInWhichItSendsThem(Order order) {
        float[] meter = {230.41f, 229.87f, 231.02f, 4.173f, 0.92f, 49.98f, 1234.5f, -17.25f};
        for (int i = 0; i < meter.length; i++) {
            put(2 * i, meter[i], order);
        }
        List<Guess> guesses = Guesses.of(registers);
        assertThat(guesses).hasSize(meter.length);
        for (int i = 0; i < meter.length; i++) {
            String type = order == Order.ABCD ? "float32" : "float32 order=" + order;
            assertThat(guesses.get(i)).isEqualTo(new Guess(2 * i, 2, type, Float.toString(meter[i])));
        }
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void anyNumberReadsBackInItsOrder(Order order) {
        Random random = new Random(3);
        for (int i = 0; i < 1000; i++) {
            float value = random.nextFloat() * 1e6f;
            put(0, value, order);
            assertThat(Float.intBitsToFloat(Guesses.number(registers.get(0), registers.get(1), order)))
                    .isEqualTo(value);
        }
    }

    @Test
    void smallWholeNumbersAreNoFloats() {
        int[] values = {230, 0, 17, 65_500, 499, 1, 0, 3000};
        for (int i = 0; i < values.length; i++) {
            registers.put(100 + i, values[i]);
        }
        assertThat(Guesses.of(registers))
                .containsExactly(
                        new Guess(100, 1, "uint16", "230"),
                        new Guess(102, 1, "uint16", "17"),
                        new Guess(103, 1, "int16", "-36"),
                        new Guess(104, 1, "uint16", "499"),
                        new Guess(105, 1, "uint16", "1"),
                        new Guess(107, 1, "uint16", "3000"));
    }

    @Test
    void textIsText() {
        byte[] text = "SDM630 V2 ".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < text.length / 2; i++) {
            registers.put(10 + i, text[2 * i] << 8 | text[2 * i + 1]);
        }
        put(20, 50.02f, Order.CDAB);
        assertThat(Guesses.of(registers))
                .containsExactly(
                        new Guess(10, 5, "string length=10", "\"SDM630 V2\""),
                        new Guess(20, 2, "float32 order=CDAB", "50.02"));
    }

    @Test
    void aHoleBreaksAPair() {
        registers.put(5, 0x4366);
        registers.put(7, 0x8000);
        assertThat(Guesses.of(registers)).allMatch(guess -> guess.count() == 1);
    }

    @Test
    void whatFitsTwoOrdersEquallyIsTakenAsNeither() {
        // 12.0 is 41 40 00 00: with its bytes changed over it is 0.0..., with itself as second word it reads the same
        // both ways.
        registers.put(0, 0x4140);
        registers.put(1, 0x4140);
        assertThat(Guesses.of(registers)).extracting(Guess::type).containsExactly("uint16", "uint16");
    }

    @Test
    void aCounterOfTwoRegistersIsMarked() {
        assertThat(Guesses.isCounted(100_000)).isTrue();
        assertThat(Guesses.isCounted(-3000)).isTrue();
        assertThat(Guesses.isCounted(5)).as("the first register says nothing").isFalse();
        assertThat(Guesses.isCounted(0x7FFF_0001)).isFalse();
    }
}
