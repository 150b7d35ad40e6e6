package org.headgate.device.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.config.api.Instance;
import org.headgate.config.api.Settings;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;
import org.headgate.device.api.InvalidSettingException;
import org.junit.jupiter.api.Test;

class ProfileTest {
    private static Profile profile(String... keysAndValues) {
        Map<String, String> raw = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            raw.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return Profile.of(new Instance("meter", "headgate.profile-meter.cfg", new Settings(raw), Optional.empty()));
    }

    private static List<String> names(List<ChannelDefinition> definitions) {
        return definitions.stream()
                .map(definition ->
                        definition.channel().name() + "@" + definition.channel().source())
                .toList();
    }

    @Test
    void readsItsFile() {
        Profile meter = profile("driver", "modbus", "poll", "5s", "channel.a", "holding/1", "channel.b", "holding/2");
        assertThat(meter.invalid()).isEmpty();
        assertThat(meter.driver()).contains("modbus");
        assertThat(meter.poll().orElseThrow()).hasSeconds(5);
        assertThat(meter.timeout()).isEmpty();
        assertThat(meter.channels()).extracting(ChannelText::name).containsExactly("a", "b");
    }

    @Test
    void saysWhatIsWrongWithItsFile() {
        assertThat(profile("pol", "5s").invalid().orElseThrow()).contains("did you mean poll?");
        assertThat(profile("chanel.flow", "f").invalid().orElseThrow()).contains("did you mean channel.flow?");
        assertThat(profile("poll", "5").invalid().orElseThrow()).contains("a duration");
        assertThat(profile("channel.a", "x scale=0").invalid().orElseThrow()).contains("scale=");
        Instance broken = new Instance("p", "f.cfg", new Settings(Map.of()), Optional.of("line 3: no '='"));
        assertThat(Profile.of(broken).invalid()).contains("f.cfg line 3: no '='");
    }

    @Test
    void theDeviceSaysMoreThanItsProfileAndThatMoreThanTheDriver() throws InvalidSettingException {
        List<Channel> own = List.of(
                Channel.readable("a", "s1", Type.LONG, "V"),
                new Channel("b", "s2", Type.LONG, "A", Access.READ_WRITE, Map.of()),
                Channel.readable("c", "s3", Type.STRING, ""));
        Profile profile = profile("channel.b", "max=10", "channel.d", "s4 int16 scale=0.1 unit=kW");
        List<ChannelText> device = List.of(
                ChannelTextTest.text("d", "scale=0.2"),
                ChannelTextTest.text("volts", "s1 min=5"),
                ChannelTextTest.text("b", "safe=3"));
        List<ChannelDefinition> all = Profile.definitions(own, Optional.of(profile), device);
        assertThat(names(all)).containsExactly("a@s1", "b@s2", "c@s3", "d@s4", "volts@s1");
        assertThat(all.get(1).range().most()).isEqualTo(10);
        assertThat(all.get(1).safe()).contains(3L);
        assertThat(all.get(3).conversion().scale()).isEqualTo(0.2);
        assertThat(all.get(3).channel().unit()).isEqualTo("kW");
        assertThat(all.get(4).channel().type()).isEqualTo(Type.LONG);
        assertThat(all.get(4).channel().unit()).isEqualTo("V");
    }

    @Test
    void aChannelWithoutASourceIsAnInvalidSetting() {
        assertThatThrownBy(() -> Profile.definitions(
                        List.of(), Optional.empty(), List.of(ChannelTextTest.text("x", "scale=0.2"))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("channel.x: scale=0.2 (expected: a source first");
    }

    /** A driver may have a channel that needs no source: its name says it. */
    @Test
    void aDriversOwnChannelNeedsNoSource() throws InvalidSettingException {
        List<Channel> own = List.of(Channel.readable("load", "", Type.DOUBLE, "1"));
        List<ChannelDefinition> all =
                Profile.definitions(own, Optional.empty(), List.of(ChannelTextTest.text("load", "report=change")));
        assertThat(all)
                .singleElement()
                .satisfies(load -> assertThat(load.report().onChange()).isTrue());
    }
}
