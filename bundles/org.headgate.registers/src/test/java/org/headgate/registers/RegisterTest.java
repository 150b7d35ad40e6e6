package org.headgate.registers;

import static org.assertj.core.api.Assertions.assertThat;

import org.headgate.registers.Register.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegisterTest {
    @Test
    void understandsWhatPeopleWrite() {
        assertThat(Register.parse("0x02")).contains(new Register(Kind.NUMBERED, 8, 2));
        assertThat(Register.parse("118")).contains(new Register(Kind.NUMBERED, 8, 118));
        assertThat(Register.parse("0xFE/8")).contains(new Register(Kind.NUMBERED, 8, 0xFE));
        assertThat(Register.parse("0x0102/16")).contains(new Register(Kind.NUMBERED, 16, 0x102));
        assertThat(Register.parse("direct")).contains(new Register(Kind.DIRECT, 0, 0));
        assertThat(Register.parse("exchange/06C000")).contains(new Register(Kind.EXCHANGE, 24, 0x06C000));
        assertThat(Register.parse("exchange/ffffffffffffffff")).contains(new Register(Kind.EXCHANGE, 64, -1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "0x",
                "0x100",
                "256",
                "0x10000/16",
                "70000/16",
                "0x02/24",
                "-1",
                "exchange/",
                "exchange/0",
                "exchange/000000000000000000",
                "2.5",
                "direct/8",
                "no such source!"
            })
    void refusesWhatIsNoRegister(String source) {
        assertThat(Register.parse(source)).isEmpty();
    }

    /** Chips take the high byte of a 16-bit number first, whatever the order of their data. */
    @Test
    void numbersGoOutHighByteFirst() {
        byte[] out = new byte[4];
        Register.parse("0x0102/16").orElseThrow().put(out, 1);
        assertThat(out).containsExactly(0, 1, 2, 0);
        Register.parse("exchange/8a0bff").orElseThrow().put(out, 0);
        assertThat(out).containsExactly(0x8a, 0x0b, 0xff, 0);
    }
}
