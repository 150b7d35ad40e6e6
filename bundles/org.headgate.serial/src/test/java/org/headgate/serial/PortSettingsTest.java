package org.headgate.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.headgate.device.api.InvalidSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortSettingsTest {
    @Test
    void whatIsNotSaidIsTheUsual() throws Exception {
        assertThat(PortSettings.parse("/dev/ttyAMA0"))
                .isEqualTo(new PortSettings(
                        "/dev/ttyAMA0",
                        9600,
                        8,
                        PortSettings.Parity.NONE,
                        1,
                        PortSettings.Flow.NONE,
                        PortSettings.Rs485.OFF));
    }

    @Test
    void everythingCanBeSaid() throws Exception {
        assertThat(PortSettings.parse("usb-FTDI_FT232R-if00-port0, 19200-7E2,flow=rtscts,rs485=auto-low"))
                .isEqualTo(new PortSettings(
                        "/dev/serial/by-id/usb-FTDI_FT232R-if00-port0",
                        19200,
                        7,
                        PortSettings.Parity.EVEN,
                        2,
                        PortSettings.Flow.RTSCTS,
                        PortSettings.Rs485.AUTO_LOW));
        assertThat(PortSettings.parse("/dev/pts/3,115200").baud()).isEqualTo(115200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | address: missing (expected: a port",
                "/etc/passwd | address: /etc/passwd (expected: a port",
                "/dev/../etc/passwd | address: /dev/../etc/passwd (expected: a port",
                "/dev/ttyS0,9600-9N1 | address: 9600-9N1 (expected: 9600-8N1",
                "/dev/ttyS0,5 | address: 5 (expected: 9600-8N1",
                "/dev/ttyS0,9999999 | address: 9999999 (expected: from 50 to 4000000 baud",
                "/dev/ttyS0,flow=hard | address: flow=hard (expected: flow=none",
                "/dev/ttyS0,rs485=yes | address: rs485=yes (expected: rs485=off",
                "/dev/ttyS0, | address: missing (expected: 9600-8N1"
            })
    void aWrongPartIsNamedWithWhatIsRight(String address, String message) {
        assertThatThrownBy(() -> PortSettings.parse(address))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void timeOnTheWireCountsEveryBit() throws Exception {
        assertThat(PortSettings.parse("/dev/ttyS0,9600-8N1").nanosOf(96)).isEqualTo(100_000_000);
        assertThat(PortSettings.parse("/dev/ttyS0,9600-8E2").nanosOf(80)).isEqualTo(100_000_000);
    }
}
