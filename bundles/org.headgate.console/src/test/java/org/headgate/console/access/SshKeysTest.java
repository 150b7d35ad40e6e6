package org.headgate.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshKeysTest {
    @Test
    void theFirstStartMakesKeysAndTheNextKeepsThem(@TempDir Path folder) throws Exception {
        Path secrets = folder.resolve("secrets");
        new SshKeys(secrets);
        String key = Files.readString(secrets.resolve("console.key"));
        String users = Files.readString(secrets.resolve("keys.properties"));
        assertThat(users).contains("admin = AAAAB3NzaC1yc2E").contains(",_g_:admins\n");
        assertThat(Files.readString(secrets.resolve("known_hosts"))).startsWith("headgate ssh-rsa AAAAB3NzaC1yc2E");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets)))
                .isEqualTo("rwx------");
        for (String file : new String[] {"console.key", "host.key", "known_hosts", "keys.properties"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets.resolve(file))))
                    .isEqualTo("rw-------");
        }
        new SshKeys(secrets);
        assertThat(secrets.resolve("console.key")).hasContent(key);
        assertThat(secrets.resolve("keys.properties")).hasContent(users);
    }

    /** RFC 8017 A.1.2: the PEM text is the bare RSAPrivateKey; behind the PKCS #8 head it reads as the same key. */
    @Test
    void thePemTextHoldsTheKey() throws Exception {
        SshKey key = SshKey.generate();
        String pem = key.pem();
        byte[] pkcs1 = Base64.getMimeDecoder()
                .decode(pem.replaceAll("-----(BEGIN|END) RSA PRIVATE KEY-----", "")
                        .strip());
        byte[] pkcs8 = key.pair().getPrivate().getEncoded();
        assertThat(pkcs1[0]).isEqualTo((byte) 0x30);
        assertThat(((pkcs1[2] & 255) << 8 | pkcs1[3] & 255) + 4).isEqualTo(pkcs1.length);
        byte[] whole = Arrays.copyOf(pkcs8, pkcs8.length);
        System.arraycopy(pkcs1, 0, whole, whole.length - pkcs1.length, pkcs1.length);
        RSAPrivateCrtKey read =
                (RSAPrivateCrtKey) KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(whole));
        assertThat(read).isEqualTo(key.pair().getPrivate());
    }
}
