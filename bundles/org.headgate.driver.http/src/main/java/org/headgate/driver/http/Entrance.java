package org.headgate.driver.http;

import java.io.IOException;

/** The port that devices come to. */
interface Entrance {
    /**
     * Makes sure that it is open, or is being opened.
     *
     * @throws IOException when that cannot be: with one line for the user
     */
    void open() throws IOException;
}
