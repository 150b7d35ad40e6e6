package org.headgate.device.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.headgate.config.api.Problem;
import org.headgate.config.api.Settings;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelTextTest {
    static ChannelText text(String name, String text) {
        Settings settings = new Settings(Map.of("channel." + name, text));
        settings.prefixed("channel.");
        Optional<ChannelText> parsed = ChannelText.parse(name, text, settings);
        assertThat(settings.problems()).isEmpty();
        return parsed.orElseThrow();
    }

    private static List<String> problems(String text) {
        Settings settings = new Settings(Map.of("channel.x", text));
        settings.prefixed("channel.");
        assertThat(ChannelText.parse("x", text, settings)).isEmpty();
        return settings.problems().stream().map(Problem::expected).toList();
    }

    @Test
    void readsEveryOptionOfTheDocumentedExample() {
        ChannelDefinition power = text(
                        "power",
                        "holding/100 int16 scale=0.1 offset=-40 unit=kW min=-40 max=200 report=change deadband=0.5 every=60s poll=10s order=CDAB")
                .on(Optional.empty());
        assertThat(power.channel())
                .isEqualTo(new Channel(
                        "power",
                        "holding/100",
                        Type.LONG,
                        "kW",
                        Access.READ,
                        Map.of("type", "int16", "order", "CDAB")));
        assertThat(power.type()).isEqualTo(Type.DOUBLE);
        assertThat(power.conversion()).isEqualTo(new Conversion(0.1, -40, -1, 0));
        assertThat(power.range()).isEqualTo(new Range(-40, 200));
        assertThat(power.report().onChange()).isTrue();
        assertThat(power.report().deadband()).isEqualTo(0.5);
        assertThat(power.report().every().orElseThrow()).hasSeconds(60);
        assertThat(power.poll().orElseThrow()).hasSeconds(10);
        assertThat(power.shown().type()).isEqualTo(Type.DOUBLE);
        assertThat(power.shown().options())
                .containsEntry("scale", "0.1")
                .containsEntry("max", "200")
                .containsEntry("every", "1m")
                .containsEntry("order", "CDAB");
    }

    /** Each line: what is wrong, and a word of what is said about it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a int16 scale=0 | scale=",
                "a int16 scale=0,1 | scale=",
                "a int16 scale=NaN | scale=",
                "a int16 offset=x | offset=",
                "a int16 mask=0 | mask=",
                "a int16 mask=0xG | mask=",
                "a int16 mask=0x10000 | 16 bits",
                "a uint8 shift=8 | 8 bits",
                "a int16 shift=64 | shift=",
                "a int16 mask=0x0F shift=4 | leaves something",
                "a float mask=0x0F | whole numbers",
                "a string scale=2 | scale and offset on numbers",
                "a bool min=0 | min and max on numbers",
                "a int16 min=5 max=4 | min below max",
                "a int16 access=x | access=",
                "a int16 report=often | report=",
                "a int16 deadband=1 | report=change beside deadband",
                "a int16 report=always deadband=1 | report=change beside deadband",
                "a int16 every=10s | report=change beside every",
                "a int16 report=change deadband=-1 | deadband=",
                "a string report=change deadband=1 | deadband on numbers",
                "a int16 report=change every=0s | every=",
                "a int16 poll=5ms | poll=",
                "a int16 poll=999999999999d | poll=",
                "a int16 report=change every=999999999999d | every=",
                "a int16 access=r safe=1 | can be written",
                "a bool access=rw safe=2 | safe=true or false",
                "a int16 access=rw safe=on | safe=a number",
                "a int16 access=rw min=0 max=9 safe=10 | safe within",
                "a int16 unit=V unit=A | unit once",
                "a word | a type",
                "a int16 int16 | SOURCE",
                "a type=word | one type",
            })
    void namesWhatIsWrong(String text, String expected) {
        assertThat(problems(text)).anySatisfy(problem -> assertThat(problem).contains(expected));
    }

    @Test
    void findsAllProblemsOfAChannelAtOnce() {
        assertThat(problems("a int16 scale=0 poll=1 min=3 max=2")).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "holding/100",
                "holding/100 int16",
                "ns=2;s=Power double unit=kW",
                "scale=0.2",
                "unit=V order=CDAB",
                "- order=CDAB",
                "- int16 scale=0.1",
                "-",
                "coil/3 bool access=rw safe=false",
                "a uint16 shift=8",
            })
    void itsOwnTextIsWhatWasWritten(String text) {
        assertThat(text("x", text).text()).isEqualTo(text);
    }

    @Test
    void anyTextReadsBackAsTheSameChannel() {
        Random random = new Random(7);
        List<String> sources = List.of("", "holding/1", "ns=2;s=A.B", "x", "µ/ü");
        List<Map.Entry<String, String>> pairs = List.of(
                Map.entry("unit", "°C"),
                Map.entry("access", "rw"),
                Map.entry("scale", "1e-3"),
                Map.entry("offset", "-40"),
                Map.entry("min", "-5"),
                Map.entry("max", "+.5"),
                Map.entry("report", "change"),
                Map.entry("poll", "10s"),
                Map.entry("order", "a=b"),
                Map.entry("safe", "0"));
        for (int n = 0; n < 2000; n++) {
            Map<String, String> options = new LinkedHashMap<>();
            for (int i = random.nextInt(6); i > 0; i--) {
                Map.Entry<String, String> pair = pairs.get(random.nextInt(pairs.size()));
                options.put(pair.getKey(), pair.getValue());
            }
            Optional<String> type = random.nextBoolean() ? Optional.of("int32") : Optional.empty();
            ChannelText channel = new ChannelText("x", sources.get(random.nextInt(sources.size())), type, options);
            assertThat(text("x", channel.text())).isEqualTo(channel);
            assertThat(text("x", text("x", channel.text()).text()).text()).isEqualTo(channel.text());
        }
    }

    @Test
    void aDeviceSaysOnlyWhatDiffersFromItsProfile() {
        ChannelText profile = text("power", "holding/100 int16 scale=0.1 unit=kW report=change deadband=1");
        assertThat(text("power", "scale=0.2").over(profile).text())
                .isEqualTo("holding/100 int16 scale=0.2 unit=kW report=change deadband=1");
        assertThat(text("power", "deadband=2")
                        .over(profile)
                        .on(Optional.empty())
                        .report()
                        .deadband())
                .isEqualTo(2);
        assertThat(text("power", "input/7").over(profile).source()).isEqualTo("input/7");
        assertThat(text("power", "type=int32").over(profile).type()).contains("int32");
        assertThat(text("power", "report=always")
                        .over(profile)
                        .on(Optional.empty())
                        .report())
                .isEqualTo(Report.ALWAYS);
    }

    @Test
    void whatIsOnlyWrongAsAWholeIsFoundWhenJoined() {
        assertThatThrownBy(() -> text("x", "safe=1").over(text("x", "a int16")).on(Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("can be written");
        assertThatThrownBy(() -> text("x", "scale=0.1").on(Optional.empty())).hasMessageContaining("a source first");
        assertThatThrownBy(() -> text("x", "safe=70000")
                        .over(text("x", "a uint16 access=rw"))
                        .on(Optional.empty()))
                .hasMessageContaining("from 0 to 65535");
    }

    @Test
    void whatNobodySaysIsTheDriversOwn() {
        Channel own = new Channel("pump", "coil/3", Type.BOOLEAN, "", Access.READ_WRITE, Map.of("order", "AB"));
        ChannelDefinition pump = text("pump", "safe=off").on(Optional.of(own));
        assertThat(pump.channel()).isEqualTo(own);
        assertThat(pump.safe()).contains(false);
        assertThat(ChannelDefinition.of(own).safe()).isEmpty();
        Channel limited = new Channel(
                "level", "l", Type.LONG, "%", Access.READ_WRITE, Map.of("min", "0", "max", "100", "type", "uint8"));
        ChannelDefinition level = ChannelDefinition.of(limited);
        assertThat(level.range()).isEqualTo(new Range(0, 100));
        assertThat(level.channel().options()).isEqualTo(Map.of("type", "uint8"));
        assertThat(level.shown()).isEqualTo(limited);
    }
}
