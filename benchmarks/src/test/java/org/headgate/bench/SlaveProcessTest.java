package org.headgate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.assertj.core.api.Assertions;
import org.headgate.bench.modbus.Slaves;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The slaves answer as the specification says (Modbus Application Protocol V1.1b3, 6.3), and know when they were asked. */
class SlaveProcessTest {
    private SlaveProcess slaves;

    @BeforeEach
    void start() throws IOException {
        slaves = new SlaveProcess(2);
    }

    @AfterEach
    void end() throws Exception {
        slaves.close();
    }

    private Socket dial(int slave) throws IOException {
        Socket socket = new Socket(InetAddress.getByName(Slaves.address(slave)), slaves.port);
        socket.setSoTimeout(5000);
        return socket;
    }

    private static byte[] ask(Socket socket, int answer) throws IOException {
        socket.getOutputStream().write(new byte[] {0, 9, 0, 0, 0, 6, 1, 3, 0, 5, 0, 2});
        return new DataInputStream(socket.getInputStream()).readNBytes(answer);
    }

    @Test
    void aPollIsAnsweredAndCounted() throws IOException {
        slaves.tell("reset");
        try (Socket socket = dial(1)) {
            assertThat(ask(socket, 13)).containsExactly(0, 9, 0, 0, 0, 7, 1, 3, 4, 0, 6, 0, 7);
            assertThat(ask(socket, 13)).containsExactly(0, 9, 0, 0, 0, 7, 1, 3, 4, 0, 7, 0, 8);
        }
        assertThat(slaves.report().polls()).isEqualTo(2);
    }

    @Test
    void aDeadOneTakesConnectionsAndAnswersNothing() throws IOException {
        slaves.tell("dead 0");
        // The report comes after what was told before it.
        slaves.report();
        try (Socket socket = dial(0)) {
            socket.setSoTimeout(200);
            Assertions.assertThatThrownBy(() -> ask(socket, 13)).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void aRefusingOneEndsItsConnectionsAndTakesNoneUntilItIsWell() throws IOException {
        try (Socket socket = dial(1)) {
            ask(socket, 13);
            slaves.tell("refuse 1");
            assertThat(socket.getInputStream().read()).isNegative();
        }
        slaves.report();
        Assertions.assertThatThrownBy(() -> dial(1)).isInstanceOf(IOException.class);
        slaves.tell("well");
        slaves.report();
        try (Socket socket = dial(1)) {
            assertThat(ask(socket, 13)).hasSize(13);
        }
    }
}
