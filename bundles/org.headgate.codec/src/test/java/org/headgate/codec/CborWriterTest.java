package org.headgate.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CborWriterTest {
    private static String hex(CborWriter writer) {
        return HexFormat.of().formatHex(writer.toBytes());
    }

    /** RFC 8949, appendix A. */
    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "1, 01",
        "10, 0a",
        "23, 17",
        "24, 1818",
        "25, 1819",
        "100, 1864",
        "1000, 1903e8",
        "1000000, 1a000f4240",
        "1000000000000, 1b000000e8d4a51000",
        "-1, 20",
        "-10, 29",
        "-100, 3863",
        "-1000, 3903e7",
        "9223372036854775807, 1b7fffffffffffffff",
        "-9223372036854775808, 3b7fffffffffffffff",
        "255, 18ff",
        "256, 190100",
        "65535, 19ffff",
        "65536, 1a00010000",
        "4294967295, 1affffffff",
        "4294967296, 1b0000000100000000"
    })
    void integersTakeTheFewestBytes(long value, String expected) {
        assertThat(hex(new CborWriter().value(value))).isEqualTo(expected);
    }

    /** RFC 8949, appendix A; then the edges of the three widths. */
    @ParameterizedTest
    @CsvSource({
        "0.0, f90000",
        "-0.0, f98000",
        "1.0, f93c00",
        "1.1, fb3ff199999999999a",
        "1.5, f93e00",
        "65504.0, f97bff",
        "100000.0, fa47c35000",
        "3.4028234663852886e+38, fa7f7fffff",
        "1.0e+300, fb7e37e43c8800759c",
        "5.960464477539063e-8, f90001",
        "0.00006103515625, f90400",
        "-4.0, f9c400",
        "-4.1, fbc010666666666666",
        "Infinity, f97c00",
        "NaN, f97e00",
        "-Infinity, f9fc00",
        "65536.0, fa47800000",
        "2.9802322387695312e-8, fa33000000",
        "6.097555160522461e-5, f903ff",
        "8.940696716308594e-8, fa33c00000",
        "1.00048828125, fa3f801000",
        "1.0009765625, f93c01",
        "4.9e-324, fb0000000000000001",
        "1.401298464324817e-45, fa00000001"
    })
    void numbersTakeTheFewestBytesThatSayThemExactly(double value, String expected) {
        assertThat(hex(new CborWriter().value(value))).isEqualTo(expected);
    }

    /** RFC 8949, appendix A. */
    @Test
    void textsBytesArraysMapsAndSimpleValues() {
        assertThat(hex(new CborWriter().value("IETF"))).isEqualTo("6449455446");
        assertThat(hex(new CborWriter().value("ü"))).isEqualTo("62c3bc");
        assertThat(hex(new CborWriter().value("\ud800\udd51"))).isEqualTo("64f0908591");
        assertThat(hex(new CborWriter().value(new byte[] {1, 2, 3, 4}))).isEqualTo("4401020304");
        assertThat(hex(new CborWriter().beginArray(0))).isEqualTo("80");
        assertThat(hex(new CborWriter().beginMap(2).value(1).value(2).value(3).value(4)))
                .isEqualTo("a201020304");
        assertThat(hex(new CborWriter().value(false).value(true).nullValue())).isEqualTo("f4f5f6");
        assertThat(hex(new CborWriter().beginArray(25))).isEqualTo("9819");
    }

    @Test
    void halfASurrogatePairBecomesTheReplacementCharacter() {
        assertThat(hex(new CborWriter().value("a\ud83d-\ude00"))).isEqualTo("68" + "61" + "efbfbd" + "2d" + "efbfbd");
    }

    /** The dump of RFC 8428, 6, byte by byte. */
    @Test
    void writesTheExampleOfTheRfcOfSenml() {
        CborWriter cbor = new CborWriter().beginArray(7);
        cbor.beginMap(7)
                .value(-2)
                .value("urn:dev:ow:10e2073a0108006:")
                .value(-3)
                .value(1276020076.001);
        cbor.value(-4)
                .value("A")
                .value(-1)
                .value(5)
                .value(0)
                .value("voltage")
                .value(1)
                .value("V")
                .value(2)
                .value(120.1);
        double[] currents = {1.2, 1.3, 1.4, 1.5, 1.6, 1.7};
        for (int i = 0; i < currents.length; i++) {
            cbor.beginMap(3)
                    .value(0)
                    .value("current")
                    .value(6)
                    .value(i - 5)
                    .value(2)
                    .value(currents[i]);
        }
        assertThat(hex(cbor))
                .isEqualTo("87a721781b75726e3a6465763a6f773a" + "3130653230373361303130383030363a"
                        + "22fb41d303a15b00106223614120050067"
                        + "766f6c74616765016156" + "02fb405e066666666666a3006763757272656e740624"
                        + "02fb3ff3333333333333a3006763757272656e740623"
                        + "02fb3ff4cccccccccccda3006763757272656e740622"
                        + "02fb3ff6666666666666a3006763757272656e740621" + "02f93e00a3006763757272656e740620"
                        + "02fb3ff999999999999aa3006763757272656e740600" + "02fb3ffb333333333333");
    }

    @Test
    void jacksonReadsTheSameNumbersAndTexts() throws IOException {
        Random random = new Random(8949);
        CBORFactory factory = new CBORMapper().getFactory();
        for (int i = 0; i < 100_000; i++) {
            double number = Double.longBitsToDouble(random.nextLong());
            float single = Float.intBitsToFloat(random.nextInt() & (random.nextBoolean() ? -1 : 0xFFFFE000));
            long whole = random.nextLong() >> random.nextInt(64);
            String text = "ä".repeat(random.nextInt(300));
            byte[] bytes = new CborWriter()
                    .beginArray(4)
                    .value(number)
                    .value((double) single)
                    .value(whole)
                    .value(text)
                    .toBytes();
            try (JsonParser parser = factory.createParser(bytes)) {
                assertThat(parser.nextToken()).isEqualTo(JsonToken.START_ARRAY);
                parser.nextToken();
                same(parser.getDoubleValue(), number);
                parser.nextToken();
                same(parser.getDoubleValue(), single);
                parser.nextToken();
                assertThat(parser.getLongValue()).isEqualTo(whole);
                parser.nextToken();
                assertThat(parser.getText()).isEqualTo(text);
                assertThat(parser.nextToken()).isEqualTo(JsonToken.END_ARRAY);
            }
        }
    }

    /** As bits: zero has two signs, and NaN is not equal to itself. */
    private static void same(double found, double expected) {
        assertThat(Double.doubleToLongBits(found)).isEqualTo(Double.doubleToLongBits(expected));
    }
}
