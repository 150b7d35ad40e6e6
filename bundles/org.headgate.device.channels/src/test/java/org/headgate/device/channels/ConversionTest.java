package org.headgate.device.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ConversionTest {
    @Test
    void bitsAndMergeAreInverseForEveryMaskAndShift() {
        Random random = new Random(11);
        for (int n = 0; n < 100_000; n++) {
            int shift = random.nextInt(63);
            long mask = random.nextLong() >>> 1 & random.nextLong();
            if (mask >>> shift == 0) {
                continue;
            }
            Conversion conversion = new Conversion(1, 0, mask, shift);
            long old = random.nextLong();
            long value = conversion.bits(random.nextLong());
            long merged = conversion.merge(old, value);
            assertThat(conversion.bits(merged)).isEqualTo(value);
            assertThat(merged & ~(mask & -1L << shift)).isEqualTo(old & ~(mask & -1L << shift));
        }
    }

    @Test
    void withoutOptionsNothingIsConverted() {
        assertThat(Conversion.NONE.isIdentity()).isTrue();
        assertThat(Conversion.NONE.needsOld()).isFalse();
        assertThat(Conversion.NONE.bits(Long.MIN_VALUE)).isEqualTo(Long.MIN_VALUE);
        assertThat(Conversion.NONE.merge(5, -7)).isEqualTo(-7);
        assertThat(Conversion.NONE.value(1.5)).isEqualTo(1.5);
        assertThat(new Conversion(0.1, 0, -1, 0).isIdentity()).isFalse();
        assertThat(new Conversion(1, 0, 1, 0).isIdentity()).isFalse();
    }

    @Test
    void whatCannotBeInvertedIsNoConversion() {
        assertThatThrownBy(() -> new Conversion(0, 0, -1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Conversion(1, Double.NaN, -1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Conversion(1, 0, 0x0F, 4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Conversion(1, 0, -1, 64)).isInstanceOf(IllegalArgumentException.class);
    }
}
