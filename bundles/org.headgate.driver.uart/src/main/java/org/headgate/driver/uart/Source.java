package org.headgate.driver.uart;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Readings;
import org.headgate.registers.Field;

/** Where in a frame a channel's value is. */
sealed interface Source {
    String EXPECTED =
            "text, text/FIELD, /REGEX/GROUP, bytes, bytes/OFFSET, bytes/OFFSET+LENGTH, nmea/WORD, count/frames, count/errors or"
                    + " write:TEXT";

    /** Whether a frame has something to say about this. */
    default boolean isIn(Frame frame) {
        return true;
    }

    /** Gives the value of a frame that it is in, or says why there is none. */
    void set(Channel channel, Frame frame, int index, Readings into);

    /** The whole frame as text, or one of its fields, counted from 0. */
    record Text(int field, Charset charset) implements Source {
        @Override
        public void set(Channel channel, Frame frame, int index, Readings into) {
            if (field < 0) {
                Values.text(channel, frame.text(), charset, index, into);
            } else if (field < frame.fields().size()) {
                Values.text(channel, frame.fields().get(field), charset, index, into);
            } else {
                into.bad(index, "no field " + field + " in: " + Values.printable(frame.text()));
            }
        }
    }

    /** A group of a regular expression that is found somewhere in the text. */
    record Regex(Pattern pattern, int group, Charset charset) implements Source {
        @Override
        public boolean isIn(Frame frame) {
            return find(frame).isPresent();
        }

        @Override
        public void set(Channel channel, Frame frame, int index, Readings into) {
            Optional<Matcher> found = find(frame);
            if (found.isEmpty() || found.get().group(group) == null) {
                into.bad(index, "not found in: " + Values.printable(frame.text()));
            } else {
                Values.text(channel, found.get().group(group), charset, index, into);
            }
        }

        private Optional<Matcher> find(Frame frame) {
            Matcher matcher = pattern.matcher(new BoundedText(frame.text(), new int[1]));
            try {
                return matcher.find() ? Optional.of(matcher) : Optional.empty();
            } catch (BoundedText.Exhausted | StackOverflowError tooHard) {
                return Optional.empty();
            }
        }
    }

    /** Bytes from an offset on: as many as the number has, or as are said, or all. */
    record Bytes(int offset, int length, Optional<Field> number, Charset charset) implements Source {
        @Override
        public void set(Channel channel, Frame frame, int index, Readings into) {
            int rest = frame.bytes().length - offset;
            int count = length > 0 ? length : number.map(Field::size).orElse(rest);
            if (count < 0 || offset + count > frame.bytes().length) {
                into.bad(index, "the frame has " + frame.bytes().length + " bytes only");
            } else if (number.isPresent()) {
                number.get().read(frame.bytes(), offset, index, into);
            } else if (channel.type() == Type.BYTES) {
                into.set(index, (Object) Arrays.copyOfRange(frame.bytes(), offset, offset + count));
            } else {
                into.set(index, (Object) new String(frame.bytes(), offset, count, charset));
            }
        }
    }

    /** What a sentence of NMEA 0183 says. */
    record Sentence(Nmea what) implements Source {
        @Override
        public boolean isIn(Frame frame) {
            return what.isIn(frame);
        }

        @Override
        public void set(Channel channel, Frame frame, int index, Readings into) {
            what.set(frame, index, into);
        }
    }

    /** A counter of the line. */
    record Count(boolean errors) implements Source {
        @Override
        public boolean isIn(Frame frame) {
            return false;
        }

        @Override
        public void set(Channel channel, Frame frame, int index, Readings into) {
            throw new IllegalStateException("in no frame");
        }
    }

    /** What is sent when the channel is written. */
    record Write(String template) implements Source {
        @Override
        public boolean isIn(Frame frame) {
            return false;
        }

        @Override
        public void set(Channel channel, Frame frame, int index, Readings into) {
            throw new IllegalStateException("in no frame");
        }
    }

    /** Text that a regular expression may look at so often only: a hostile peer finds no frame on which it runs for ever. */
    record BoundedText(String text, int[] looks) implements CharSequence {
        private static final int MOST = 200_000;

        @Override
        public char charAt(int index) {
            if (looks[0]++ > MOST) {
                throw new Exhausted();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int from, int to) {
            return text.substring(from, to);
        }

        @Override
        public String toString() {
            return text;
        }

        /** It looked too often. */
        static final class Exhausted extends RuntimeException {
            private static final long serialVersionUID = 1;

            Exhausted() {
                super("too hard", null, false, false);
            }
        }
    }
}
