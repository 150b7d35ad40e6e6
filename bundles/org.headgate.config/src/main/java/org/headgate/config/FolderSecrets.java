package org.headgate.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.headgate.config.api.Secrets;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One secret a file: its first line. A file that others than its owner may use is refused. Read anew each time. */
@Component
public final class FolderSecrets implements Secrets {
    private static final Logger LOG = LoggerFactory.getLogger(FolderSecrets.class);
    private static final Pattern REFERENCE = Pattern.compile("@([A-Za-z0-9][A-Za-z0-9._-]{0,62})");
    private static final Set<PosixFilePermission> OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private final Path folder;

    /** The secrets of the home. */
    @Activate
    public FolderSecrets(BundleContext context) {
        this(Home.of(context).secrets());
    }

    FolderSecrets(Path folder) {
        this.folder = folder;
    }

    @Override
    public Optional<char[]> resolve(String value) {
        var reference = REFERENCE.matcher(value);
        if (!reference.matches()) {
            return Optional.empty();
        }
        Path file = folder.resolve(reference.group(1));
        try {
            if (!OWNER.containsAll(Files.getPosixFilePermissions(file))) {
                LOG.warn("secret {} can be read by others and is not used: chmod 600 {}", value, file);
                return Optional.empty();
            }
            return Optional.of(firstLine(Files.readAllBytes(file)));
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        } catch (IOException failure) {
            LOG.warn("secret {} cannot be read: {}", value, failure.toString());
            return Optional.empty();
        }
    }

    @Override
    public java.util.List<String> names() throws IOException {
        throw new IOException("not yet");
    }

    @Override
    public void set(String name, char[] text) throws IOException {
        throw new IOException("not yet");
    }

    @Override
    public void remove(String name) throws IOException {
        throw new IOException("not yet");
    }

    /** Decodes without a String on the way, and clears what was in between. */
    private static char[] firstLine(byte[] bytes) {
        int length = 0;
        while (length < bytes.length && bytes[length] != '\n' && bytes[length] != '\r') {
            length++;
        }
        CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes, 0, length));
        char[] secret = new char[decoded.remaining()];
        decoded.get(secret);
        Arrays.fill(decoded.array(), '\0');
        Arrays.fill(bytes, (byte) 0);
        return secret;
    }
}
