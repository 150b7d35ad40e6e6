package org.headgate.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.tls.CertificateClock;
import org.headgate.tls.TlsSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Threads of Paho's die of a cut now and then, and never say that the connection is lost: the way to the broker says it itself. */
class SocketsTest {
    private final List<String> told = new ArrayList<>();
    private ServerSocket broker;
    private Sockets sockets;
    private Wire wire;

    @BeforeEach
    void connect() throws IOException {
        broker = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        MqttSettings settings = new MqttSettings(
                "mqtt://127.0.0.1:" + broker.getLocalPort(),
                "5",
                "s",
                "",
                new char[0],
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                50,
                Optional.empty(),
                TlsSettings.of(Map.of(), file -> Optional.empty()),
                ProxySettings.of(Map.of(), file -> Optional.empty()),
                CertificateClock.MACHINE);
        sockets = new Sockets(settings, new Excess(() -> MqttEvents.LONGEST), why -> told.add(why.getMessage()));
        wire = sockets.wire();
        wire.connect(null, 0);
        wire.getOutputStream().write(1);
    }

    @AfterEach
    void close() throws IOException {
        sockets.close();
        broker.close();
    }

    @Test
    void theEndIsTold() throws IOException {
        sockets.connected();
        broker.accept().close();
        try {
            assertThat(wire.getInputStream().read()).isEqualTo(-1);
        } catch (IOException reset) {
            // What was not read there makes a reset of it.
            assertThat(reset).hasMessageContaining("reset");
        }
        assertThat(told).singleElement().asString().containsPattern("closed the connection|reset");
    }

    /** The client would believe for ever that it is connected. */
    @Test
    void anEndBeforeTheClientIsConnectedIsToldWhenItIs() throws IOException {
        try (var accepted = broker.accept()) {
            assertThat(accepted.getInputStream().read()).isEqualTo(1);
        }
        assertThat(wire.getInputStream().read()).isEqualTo(-1);
        assertThat(told).isEmpty();
        assertThatThrownBy(sockets::connected).isInstanceOf(Told.class).hasMessage("the broker closed the connection");
    }
}
