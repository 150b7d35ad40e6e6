package org.headgate.driver.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;
import org.headgate.system.api.Disks;
import org.headgate.system.api.Randomness;
import org.headgate.system.api.Storage;
import org.headgate.system.api.StorageFile;
import org.headgate.tls.ServerIdentity;
import org.headgate.tls.TlsSettings;

/**
 * Our certificate and its key as the HTTP service wants them, a file; only our user can read it, and its password is known to nobody else.
 *
 * @param folder in the home, where what can be made again is
 */
record KeyFile(Path folder, Disks disks, Randomness randomness) {
    private static final String NAME = "server.p12";
    private static final int PASSWORD_BYTES = 24;

    Path path() {
        return folder.resolve(NAME);
    }

    /** Writes it anew; its password. */
    String write(TlsSettings settings) throws IOException {
        String password = HexFormat.of().formatHex(randomness.bytes(PASSWORD_BYTES));
        byte[] store = ServerIdentity.pkcs12(settings, password.toCharArray());
        Storage storage = storage();
        storage.delete(NAME);
        try (StorageFile file = storage.open(NAME)) {
            file.write(ByteBuffer.wrap(store), 0);
        }
        return password;
    }

    void delete() throws IOException {
        storage().delete(NAME);
    }

    private Storage storage() throws IOException {
        return disks.at(folder.toString(), false);
    }
}
