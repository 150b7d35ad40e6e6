package org.headgate.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.karaf.shell.api.console.History;
import org.headgate.config.api.SecretKeys;
import org.jline.reader.impl.history.DefaultHistory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a user has typed, in a file of his own. A line in which a secret may stand is not kept, not even until the session's end. */
final class LineHistory extends DefaultHistory {
    private static final Logger LOG = LoggerFactory.getLogger(LineHistory.class);
    private static final Pattern EQUALS = Pattern.compile("\\s*=\\s*");

    /** The file of a user, which nobody else may read; null, by which it is kept in memory only, when there can be none. */
    static Path file(Path folder, String user) {
        try {
            Path file = PrivateFiles.folder(folder).resolve(user.replaceAll("[^A-Za-z0-9_-]", "_"));
            if (Files.notExists(file)) {
                PrivateFiles.write(file, "");
            }
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            return file;
        } catch (IOException unusable) {
            LOG.warn("the history of {} is not kept: {}", user, unusable.toString());
            return null;
        }
    }

    @Override
    public void add(Instant time, String line) {
        if (isKept(line)) {
            super.add(time, line);
        }
    }

    /** Whether no word of a line could be the text of a secret, blanks around the equals sign and a forgotten one included. */
    static boolean isKept(String line) {
        List<String> words = Words.split(EQUALS.matcher(line).replaceAll("="));
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (!SecretKeys.shown(word).equals(word)) {
                return false;
            }
            String following = i + 1 < words.size() ? words.get(i + 1) : "--";
            if (i > 0
                    && word.indexOf('=') < 0
                    && !following.startsWith("--")
                    && SecretKeys.isClearText(word, following)) {
                return false;
            }
        }
        return true;
    }

    /** The same as Karaf's {@code shell:history} sees it. */
    History shown() {
        return new History() {
            @Override
            public void clear() {
                try {
                    purge();
                } catch (IOException failed) {
                    LOG.warn("the history cannot be cleared: {}", failed.toString());
                }
            }

            @Override
            public int first() {
                return LineHistory.this.first();
            }

            @Override
            public int last() {
                return LineHistory.this.last();
            }

            @Override
            public CharSequence get(int index) {
                return LineHistory.this.get(index);
            }
        };
    }
}
