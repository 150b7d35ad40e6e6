package org.headgate.pi4j;

import java.io.IOException;
import org.headgate.linux.EdgeListener;

/**
 * What a {@code DigitalInput} of the {@code linux} providers is beside Pi4J's interface: edges with the kernel's time and number. An input of
 * another provider is none; its changes come through Pi4J's listeners.
 */
public interface EdgeSource {
    /**
     * Hands every edge from now on to a listener, until the input is closed. Once per input.
     *
     * @throws IOException when the kernel refuses, with one line for the user
     */
    void edges(EdgeListener listener) throws IOException;
}
