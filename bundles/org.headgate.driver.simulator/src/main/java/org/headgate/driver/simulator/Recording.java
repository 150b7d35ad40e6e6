package org.headgate.driver.simulator;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Optional;
import org.headgate.config.api.HomeFiles;
import org.headgate.device.api.Channel;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.api.Readings;

/**
 * Plays the rows of one stream of a recording at the pace at which they were recorded. The file is read as it is played, line by line;
 * a row is shown until the next one is due. A wrong line stops the playing before it, so that opening again names it.
 */
final class Recording implements Plant {
    static final String PREFIX = "recording:";
    private static final int AHEAD = 1000;
    private static final int MOST_LINES = 10_000;

    private final HomeFiles files;
    private final String name;
    private final String stream;
    private final boolean loop;
    private final Held held = new Held();
    private final RecordedPace pace = new RecordedPace();
    private Optional<LineFile> file = Optional.empty();
    private Optional<RecordedRow> shown = Optional.empty();
    private Optional<RecordedRow> next = Optional.empty();
    private long position;
    private long lines;
    private boolean ended;

    Recording(HomeFiles files, String name, String stream, boolean loop) {
        this.files = files;
        this.name = name;
        this.stream = stream;
        this.loop = loop;
    }

    @Override
    public List<Channel> channels() {
        return List.of();
    }

    @Override
    public void check(Channel channel) {
        // Any channel will do: one that the recording does not have is ABSENT.
    }

    @Override
    public void open() throws InvalidSettingException, IOException {
        if (ended) {
            throw ended();
        }
        boolean found = next.isPresent() || shown.isPresent();
        long line = lines;
        try (LineFile ahead = new LineFile(files.open(name), position)) {
            for (int i = 0; i < AHEAD; i++) {
                line++;
                Optional<String> text = ahead.next();
                if (text.isEmpty() && !found) {
                    throw new InvalidSettingException("address", PREFIX + name, "rows of the stream " + stream);
                }
                if (text.isEmpty()) {
                    return;
                }
                found |= row(text.get()).isPresent();
            }
        } catch (IllegalArgumentException wrong) {
            throw new InvalidSettingException(
                    "address", PREFIX + name, "rows as JSON lines; line " + line + ": " + wrong.getMessage());
        } catch (IOException failed) {
            if (failed.getCause() == null || failed.getCause() instanceof InvalidPathException) {
                throw new InvalidSettingException("address", PREFIX + name, "a file in the home's folder files");
            }
            throw failed;
        }
    }

    @Override
    public void advance(long nanos) throws IOException {
        if (ended) {
            throw ended();
        }
        if (pace.isOver(nanos)) {
            again(nanos);
        }
        for (int i = 0; i < MOST_LINES; i++) {
            if (next.isEmpty() && !readLine()) {
                if (!atEnd(nanos)) {
                    return;
                }
            } else if (next.isPresent()) {
                if (!pace.isDue(nanos)) {
                    return;
                }
                shown = next;
                next = Optional.empty();
            }
        }
    }

    @Override
    public void read(int index, Channel channel, Readings into) {
        if (!held.show(index, channel, into)) {
            shown.ifPresent(row -> row.show(index, channel, into));
        }
    }

    @Override
    public void write(Channel channel, Object value) throws IOException {
        held.write(channel, value);
    }

    @Override
    public void release() {
        try {
            if (file.isPresent()) {
                file.get().close();
            }
        } catch (IOException gone) {
            // It was open for reading only: there is nothing to lose.
        }
        file = Optional.empty();
    }

    /** Reads one line, which may be of another stream; false at the file's end. */
    private boolean readLine() throws IOException {
        if (file.isEmpty()) {
            file = Optional.of(new LineFile(files.open(name), position));
        }
        try {
            Optional<String> text = file.get().next();
            if (text.isEmpty()) {
                return false;
            }
            next = row(text.get());
            position = file.get().position();
            lines++;
        } catch (IllegalArgumentException wrong) {
            throw new IOException(name + ", line " + (lines + 1) + ": " + wrong.getMessage());
        }
        next.ifPresent(row -> pace.next(row.timeNanos()));
        return true;
    }

    /** The row of a line, when it is one of ours. */
    private Optional<RecordedRow> row(String line) {
        return line.isBlank()
                ? Optional.empty()
                : Optional.of(RecordedRow.parse(line))
                        .filter(row -> row.stream().equals(stream));
    }

    /** Whether it is time for the next pass, which then begins; until then the last row is shown. */
    private boolean atEnd(long nanos) throws IOException {
        if (!pace.hasBegun()) {
            throw new IOException(name + " has no row of the stream " + stream);
        }
        pace.end();
        if (!pace.isOver(nanos)) {
            return false;
        }
        again(nanos);
        return true;
    }

    private void again(long nanos) throws IOException {
        if (!loop) {
            ended = true;
            throw ended();
        }
        pace.again(nanos);
        release();
        position = 0;
        lines = 0;
        next = Optional.empty();
    }

    private IOException ended() {
        return new IOException(name + " has been played to its end");
    }
}
