package org.headgate.driver.modbus;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests of a line over TCP to a scripted peer. */
abstract class OnScriptedPeer {
    ScriptedPeer peer;
    Line line;

    @BeforeEach
    void start() throws Exception {
        peer = new ScriptedPeer();
        line = peer.open();
    }

    @AfterEach
    void stop() throws IOException {
        line.close();
        peer.close();
    }
}
