package org.headgate.driver.modbus;

import java.time.Duration;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Deadline;

/**
 * How long a unit may say nothing. Others on its line wait meanwhile: so there all that a dead unit's read costs, the second request included, is half of what a read
 * may take; with the default time-out that is less than the default poll. A unit that is known to be slow is waited for as long, and then not asked twice; where
 * the file says how long an answer takes that is what is waited. Used by one thread at a time.
 */
final class Silence {
    /** Of a poll of 1 s; the rest is for those who have waited. Who sets a shorter time-out has said what a read may cost. */
    private static final Duration LEAST = Duration.ofMillis(800);

    private final Setup setup;
    private final Line line;
    private final Clock clock;
    private final Slowness slowness;
    private final Duration hold;

    Silence(Setup setup, Line line, Slowness slowness, Clock clock) {
        this.setup = setup;
        this.line = line;
        this.slowness = slowness;
        this.clock = clock;
        this.hold = least(setup.patience(), most(LEAST, setup.patience().dividedBy(2)));
    }

    /** How long the first answer of all may take, which is asked for once. */
    Duration atFirst() {
        return isFree() ? setup.response() : least(setup.response(), hold);
    }

    /** How long the answer to a request may take. */
    Duration of(byte[] request) {
        if (isFree()) {
            return setup.response();
        }
        return least(
                least(setup.response(), hold),
                most(share(), slowness.of(request).multipliedBy(2)));
    }

    /** Over TCP no request gets lost, and none is sent twice. */
    private Duration share() {
        return setup.address().bus().kind() == BusAddress.Kind.TCP ? hold : hold.dividedBy(2);
    }

    private boolean isFree() {
        return setup.isResponseSaid() || !line.isShared();
    }

    /** When nothing is asked a second time any more, from now. */
    Deadline end(Deadline deadline) {
        return line.isShared() && deadline.leftNanos() > hold.toNanos() ? Deadline.in(hold, clock) : deadline;
    }

    /** The unit has answered, at once, to what was asked once. */
    void answered(byte[] request, long tookNanos) {
        slowness.answered(request, tookNanos, share().dividedBy(2));
    }

    /**
     * Nothing has answered, however often it was asked: next time it is asked once, and waited for as long as both took. One request that is lost says nothing, the
     * next is answered: so a line with noise keeps its second try.
     *
     * @return what to tell the user
     */
    NoAnswerException unanswered(byte[] request, NoAnswerException why) {
        slowness.unanswered(request, hold);
        return explained(why);
    }

    /** Names the key for a unit that takes longer than the others on its line shall wait. */
    NoAnswerException explained(NoAnswerException why) {
        return isFree() ? why : new NoAnswerException(why.getMessage() + "; if it is slow: response.timeout");
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration most(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
