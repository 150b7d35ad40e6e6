package org.headgate.driver.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.InvalidSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SetupTest {
    private static DeviceSettings device(String... lines) {
        return Site.device(1883, Duration.ofSeconds(1), "lamp", lines);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "address = mqtt:/x | address: mqtt:/x (expected: mqtt://host",
                "topik = a | topik: a (expected: one of topic, id, user",
                "password = secret | password: *** (expected: @name of a secret",
                "password = @secret | user: missing (expected: a name beside the password",
                "tls.ca = ca.pem | tls.ca: ca.pem (expected: an address with mqtts://",
                "version = 4 | version: 4 (expected: one of 3.1.1, 5)",
                "topic = a/#/b | topic: a/#/b (expected: a topic such as",
                "topic = a/{gateway} | topic: a/{gateway} (expected: no other placeholder",
                "retained = no | retained: no (expected: take, uncertain or ignore)",
                "qos = 2 | qos: 2 (expected: 0 or 1)",
                "silence = 10ms | silence: 10ms (expected: 1s or longer",
                "availability = + + | availability: + + (expected: a topic",
                "get = a/+ | get: a/+ (expected: a topic without + and #)",
                "message.max = 1B | message.max: 1B (expected: a size",
                "group = plant | edge: missing (expected: group = and edge =",
                "edge = a/b | edge: a/b (expected: an id of Sparkplug",
                "channel.c = /a | topic: missing (expected: a topic such as",
                "channel.c = nonsense topic=a | channel.c: nonsense (expected: /a/b, csv/2",
                "channel.c = /a topic=a colour=red | channel.c: colour=red (expected: one of ",
                "channel.c = /a topic=a/+ access=rw | channel.c: missing (expected: write=TOPIC",
                "channel.c = /a topic=a access=rw write=b/# | channel.c: b/# (expected: a topic without",
                "channel.c = /a topic=a access=rw write=b payload=x | channel.c: x (expected: a message with {}",
                "channel.c = sparkplug/T | channel.c: sparkplug/T (expected: group = and edge = beside it)"
            })
    void aWrongSettingIsNamedWithWhatIsRight(String line, String message) {
        assertThatThrownBy(() -> Setup.parse(device(line)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void topicsOfOneDeviceMayNotOverlapInPartButOneMayHoldTheOther() throws Exception {
        assertThatThrownBy(() -> Setup.parse(device("channel.a = /a topic=x/+/z", "channel.b = /b topic=x/y/+")))
                .hasMessageStartingWith("topic: x/y/+ (expected: no topic that shares a part with x/+/z)");
        assertThat(Setup.parse(device("channel.a = /a topic=x/#", "channel.b = /b topic=x/y/+"))
                        .topics())
                .hasSize(2);
    }

    @Test
    void theDevicesNameOrItsIdIsPutIntoTopics() throws Exception {
        assertThat(Setup.parse(device("topic = z/{device}/x", "channel.a = /a"))
                        .topics()
                        .get(0)
                        .filter()
                        .text())
                .isEqualTo("z/lamp/x");
        assertThat(Setup.parse(device("topic = z/{device}", "id = living~sroom/1", "channel.a = /a"))
                        .topics()
                        .get(0)
                        .filter()
                        .text())
                .isEqualTo("z/living room/1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "offline|false",
                "Online|true",
                "{\"state\":\"offline\"}|false",
                "true|true",
                "0|false",
                "{\"x\":1}|",
                "{|",
                "hello|"
            })
    void availabilityIsUnderstoodAsDevicesSayIt(String text, Boolean there) {
        assertThat(Availability.of(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(Optional.ofNullable(there));
    }
}
