package org.headgate.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.api.kit.RecordedReadings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SenmlMessagesTest {
    private static final String VOLTAGE = "senml/urn:dev:ow:10e2073a01080063:voltage";
    private static final String CURRENT = "senml/urn:dev:ow:10e2073a01080063:current";

    /** RFC 8428, 5.1.2. */
    @Test
    void readsMultipleDatapoints() throws Exception {
        Decoding decoding = Decoding.of("", VOLTAGE + " double unit=V", CURRENT + " double unit=A");
        decoding.decode("""
                [{"bn":"urn:dev:ow:10e2073a01080063:","n":"voltage","u":"V","v":120.1}, {"n":"current","u":"A","v":1.2}]""");
        assertThat(decoding.rows).singleElement().satisfies(row -> {
            assertThat(row.values).isEqualTo(Map.of(0, 120.1, 1, 1.2));
            assertThat(row.time).isZero();
            assertThat(row.uncertain).isEmpty();
        });
    }

    /** RFC 8428, 5.1.2, the second example: a base time, and times before it. */
    @Test
    void resolvesBaseFieldsAndTimes() throws Exception {
        Decoding decoding = Decoding.of("", VOLTAGE + " double", CURRENT + " double");
        decoding.decode("""
                [{"bn":"urn:dev:ow:10e2073a01080063:","bt":1.276020076001e+09,"bu":"A","bver":5,"n":"voltage","u":"V","v":120.1},
                {"n":"current","t":-5,"v":1.2}, {"n":"current","t":-4,"v":1.3}, {"n":"current","t":-3,"v":1.4},
                {"n":"current","t":-2,"v":1.5}, {"n":"current","t":-1,"v":1.6}, {"n":"current","v":1.7}]""");
        assertThat(decoding.rows).hasSize(6);
        assertThat(decoding.rows.get(0).values).isEqualTo(Map.of(0, 120.1, 1, 1.7));
        assertThat(decoding.rows.get(0).time).isEqualTo(1_276_020_076_001_000_000L);
        assertThat(decoding.rows.get(1).values).isEqualTo(Map.of(1, 1.2));
        assertThat(decoding.rows.get(1).time).isEqualTo(1_276_020_071_001_000_000L);
    }

    /** RFC 8428, 5.1.3: times near 0 are counted from now. */
    @Test
    void timesBelowTwoToThe28AreRelativeToNow() throws Exception {
        Decoding decoding = Decoding.of("", "senml/urn:dev:ow:10e2073a01080063 double unit=%{RH}");
        decoding.decode("""
                [{"bn":"urn:dev:ow:10e2073a01080063","bu":"%RH","v":20}, {"t":-10,"v":24.3}, {"t":1.5,"v":25},
                {"t":268435455,"v":26}, {"t":268435456,"v":27}]""");
        assertThat(decoding.rows)
                .extracting(row -> row.time)
                .containsExactly(
                        0L,
                        Decoding.NOW - 10_000_000_000L,
                        Decoding.NOW + 1_500_000_000L,
                        Decoding.NOW + 268_435_455_000_000_000L,
                        268_435_456_000_000_000L);
        assertThat(decoding.rows).allSatisfy(row -> assertThat(row.uncertain).isEmpty());
    }

    /** RFC 8428, 5.1.5: several types. */
    @Test
    void readsEveryTypeOfValue() throws Exception {
        Decoding decoding = Decoding.of(
                "",
                "senml/d:temp double unit=Cel",
                "senml/d:label string",
                "senml/d:open boolean",
                "senml/d:nfc-reader bytes");
        decoding.decode("""
                [{"bn":"d:","n":"temp","u":"Cel","v":23.1}, {"n":"label","vs":"Machine Room"}, {"n":"open","vb":false}, {"n":"nfc-reader","vd":"aGkgCg"}]""");
        RecordedReadings row = decoding.rows.get(0);
        assertThat(row.values)
                .containsEntry(0, 23.1)
                .containsEntry(1, "Machine Room")
                .containsEntry(2, false);
        assertThat((byte[]) row.values.get(3)).containsExactly('h', 'i', ' ', '\n');
    }

    /** RFC 8428, section 6: the pack of 5.1.2 in CBOR, with integers for labels. */
    @Test
    void readsTheExampleInCbor() throws Exception {
        byte[] cbor = HexFormat.of()
                .parseHex(
                        ("87a721781b75726e3a6465763a6f773a3130653230373361303130383030363a22fb41d303a15b0010622361412005006776"
                                        + "6f6c7461676501615602fb405e066666666666a3006763757272656e74062402fb3ff3333333333333a300"
                                        + "6763757272656e74062302fb3ff4cccccccccccda3006763757272656e74062202fb3ff6666666666666a3006"
                                        + "763757272656e74062102f93e00a3006763757272656e74062002fb3ff999999999999aa3006763757272656e74"
                                        + "060002fb3ffb333333333333")
                                .replace("\n", ""));
        Decoding decoding = Decoding.of(
                "",
                "senml/urn:dev:ow:10e2073a0108006:voltage double",
                "senml/urn:dev:ow:10e2073a0108006:current double");
        decoding.decode(cbor);
        assertThat(decoding.rows).hasSize(6);
        assertThat(decoding.rows.get(0).values).isEqualTo(Map.of(0, 120.1, 1, 1.7));
        assertThat(decoding.rows.get(0).time).isEqualTo(1_276_020_076_001_000_000L);
    }

    @Test
    void readsCborOfAnotherWriterWithNamesForLabels() throws Exception {
        byte[] cbor = new ObjectMapper(new CBORFactory())
                .writeValueAsBytes(List.of(
                        Map.of("n", "t", "v", 3, "t", 1_700_000_000.25), Map.of("n", "b", "vd", new byte[] {7})));
        Decoding decoding = Decoding.of("", "senml/t long", "senml/b bytes").decode(cbor);
        assertThat(decoding.rows.get(0).values).isEqualTo(Map.of(0, 3L));
        assertThat(decoding.rows.get(0).time).isEqualTo(1_700_000_000_250_000_000L);
        assertThat((byte[]) decoding.rows.get(1).values.get(1)).containsExactly(7);
    }

    @Test
    void addsBaseValuesAndSums() throws Exception {
        Decoding decoding =
                Decoding.of("", "senml/a double", "senml/b long", "senml/e double", "senml/a double field=sum");
        decoding.decode(
                "[{\"bv\":20,\"bs\":100,\"n\":\"a\",\"v\":0.1,\"s\":0.5},{\"n\":\"b\",\"v\":-3},{\"n\":\"e\",\"s\":7}]");
        assertThat(decoding.rows.get(0).values).isEqualTo(Map.of(0, 20.1, 1, 17L, 2, 107L, 3, 100.5));
    }

    @Test
    void aUnitThatIsAnotherIsUncertain() throws Exception {
        Decoding decoding = Decoding.of("", "senml/t double unit=Cel").decode("[{\"n\":\"t\",\"u\":\"K\",\"v\":294}]");
        assertThat(decoding.rows.get(0).values).isEqualTo(Map.of(0, 294L));
        assertThat(decoding.rows.get(0).uncertain).isEqualTo(Map.of(0, "in K, not in Cel"));
    }

    /** RFC 8428, 4.4: what is of a later version must not be used. */
    @ParameterizedTest
    @ValueSource(strings = {"11", "10.5", "\"x\"", "\"10\"", "1e99"})
    void aLaterVersionIsRefused(String version) throws Exception {
        Decoding decoding = Decoding.of("", "senml/t double");
        assertThat(decoding.only("[{\"bver\":10,\"n\":\"t\",\"v\":1}]")).isEqualTo(1L);
        assertThat(decoding.only("[{\"bver\":5,\"n\":\"t\",\"v\":1}]")).isEqualTo(1L);
        assertThatThrownBy(
                        () -> decoding.decode("[{\"n\":\"t\",\"v\":1},{\"bver\":" + version + ",\"n\":\"t\",\"v\":2}]"))
                .isInstanceOf(MessageException.class)
                .hasMessageStartingWith("no SenML that is understood: version ");
    }

    /** RFC 8949, 3.4.6: a tag that says no more than that this is CBOR. */
    @Test
    void readsCborThatSaysSoItself() throws Exception {
        Decoding decoding = Decoding.of("", "senml/t double");
        decoding.decode(HexFormat.of().parseHex("d9d9f781a20061740201"));
        assertThat(decoding.rows.get(0).values).isEqualTo(Map.of(0, 1L));
        assertThat(decoding.only("\uFEFF[{\"n\":\"t\",\"v\":3}]")).isEqualTo(3L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[1]",
                "[{\"n\":1,\"v\":1}]",
                "[{\"n\":\"t\",\"v\":\"1\"}]",
                "[{\"n\":\"t\",\"v\":1,\"x_\":1}]",
                "[{\"n\":\"t\",\"vb\":1}]",
                "[{\"n\":\"t\",\"t\":1e30,\"v\":1}]",
                "[{\"n\":\"t\",\"t\":1e999,\"v\":1}]",
                "[{\"n\":\"t\",\"t\":\"now\",\"v\":1}]",
                "",
                "[{\"n\":\"t\"",
                "[{\"n\":\"t\",\"bv\":true,\"v\":1}]"
            })
    void aPackThatIsNoneIsRefusedAsAWhole(String message) throws Exception {
        Decoding decoding = Decoding.of("", "senml/t double");
        assertThatThrownBy(() -> decoding.decode(message))
                .isInstanceOf(MessageException.class)
                .hasMessageStartingWith("no SenML");
    }

    @Test
    void sourcesOfOneMessageAreOfOneKind() {
        for (String[] pair : new String[][] {{"senml/a", "/b"}, {"csv/1", "/b"}, {"text", "senml/a"}}) {
            assertThatThrownBy(() -> Decoding.of("", pair[0] + " double", pair[1] + " double"))
                    .isInstanceOf(InvalidSettingException.class)
                    .hasMessageContaining("sources of one kind");
        }
    }
}
