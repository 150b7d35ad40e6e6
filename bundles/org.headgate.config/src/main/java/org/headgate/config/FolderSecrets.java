package org.headgate.config;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.headgate.config.api.Secrets;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One secret a file: its first line, or all of it. A file that others than its owner may use is refused. Read anew each time. */
@Component
public final class FolderSecrets implements Secrets {
    private static final Logger LOG = LoggerFactory.getLogger(FolderSecrets.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    /** What the console keeps in the same folder: no setting may send it anywhere. */
    private static final Set<String> OWN = Set.of("console.key", "host.key", "known_hosts", "keys.properties");

    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
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
        return content(value).map(FolderSecrets::firstLine);
    }

    @Override
    public Optional<byte[]> content(String value) {
        if (!value.startsWith("@") || !isSecret(value.substring(1))) {
            return Optional.empty();
        }
        Path file = folder.resolve(value.substring(1));
        try {
            if (!OWNER.containsAll(Files.getPosixFilePermissions(file))) {
                LOG.warn("secret {} can be read by others and is not used: chmod 600 {}", value, file);
                return Optional.empty();
            }
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        } catch (IOException failure) {
            LOG.warn("secret {} cannot be read: {}", value, failure.toString());
            return Optional.empty();
        }
    }

    @Override
    public List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, Files::isRegularFile)) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        } catch (DirectoryIteratorException failure) {
            throw failure.getCause();
        }
        names.removeIf(name -> !isSecret(name));
        names.sort(null);
        return names;
    }

    @Override
    public void set(String name, char[] text) throws IOException {
        Path file = file(name);
        for (char c : text) {
            if (c < ' ') {
                throw new IOException(name + ": a line break or control character in it (expected: one line of text)");
            }
        }
        if (text.length == 0) {
            throw new IOException(name + ": empty (expected: one line of text)");
        }
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(CharBuffer.wrap(text));
        try {
            write(file, bytes);
        } finally {
            Arrays.fill(bytes.array(), (byte) 0);
        }
    }

    @Override
    public void keep(String name, byte[] content) throws IOException {
        Path file = file(name);
        if (content.length == 0) {
            throw new IOException(name + ": empty (expected: a key, a certificate or a text)");
        }
        write(file, ByteBuffer.wrap(content));
    }

    private void write(Path file, ByteBuffer bytes) throws IOException {
        Path temporary = folder.resolve("." + file.getFileName() + ".tmp");
        try {
            Files.deleteIfExists(temporary);
            try (FileChannel channel = FileChannel.open(temporary, Set.of(CREATE_NEW, WRITE), PRIVATE)) {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            sync();
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    @Override
    public void remove(String name) throws IOException {
        if (!Files.deleteIfExists(file(name))) {
            throw new IOException("no secret " + name + "; secret:list shows them");
        }
        sync();
    }

    private Path file(String name) throws IOException {
        if (!isSecret(name)) {
            throw new IOException(name + " cannot be a secret's name (expected: " + NAME_EXPECTED
                    + "; not a name that the gateway uses itself)");
        }
        return folder.resolve(name);
    }

    private void sync() throws IOException {
        try (FileChannel channel = FileChannel.open(folder, READ)) {
            channel.force(true);
        }
    }

    private static boolean isSecret(String name) {
        return NAME.matcher(name).matches() && !OWN.contains(name);
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
