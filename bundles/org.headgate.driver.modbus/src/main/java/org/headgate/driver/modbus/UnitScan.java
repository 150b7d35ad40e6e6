package org.headgate.driver.modbus;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Deadline;

/**
 * Looks for units on one line: the first {@value #FIRST} at each setting, then the rest, at the setting where somebody has answered or
 * else at each. Any valid answer proves a unit, a refusal too. Used by one thread.
 */
final class UnitScan {
    /** Nearly every unit that nobody has set has one of the first numbers. */
    private static final int FIRST = 10;

    private static final Duration OPENING = Duration.ofSeconds(3);
    private static final int CHARACTERS = 8 + 7;

    private final Opening lines;
    private final Clock clock;
    private final Consumer<String> progress;
    private final ProbeSettings settings;
    private final Deadline deadline;
    private final Map<BusAddress, String> refused = new LinkedHashMap<>();
    private final List<ProbedUnit> seen = new ArrayList<>();
    private int damaged;
    /** What was wrong last, where it was no silence and no refusal: somebody else on the line, or a line that is in use. */
    private String trouble = "";

    private int asked;

    /** Opens a line. */
    interface Opening {
        Line open(BusAddress address, Duration timeout) throws IOException;
    }

    UnitScan(Opening lines, Clock clock, ProbeSettings settings, Duration patience, Consumer<String> progress) {
        this.lines = lines;
        this.clock = clock;
        this.settings = settings;
        this.progress = progress;
        this.deadline = Deadline.in(patience, clock);
    }

    /**
     * Searches.
     *
     * @param found is told each unit, at once
     * @return what the user should know of it on one line; empty where there is nothing
     * @throws IOException when the line cannot be used, or nobody has answered and the time was too short for all
     */
    String run(Consumer<ProbedUnit> found) throws IOException {
        int first = Math.min(FIRST, settings.units().size());
        List<BusAddress> answering = scan(settings.lines(), settings.units().subList(0, first), found);
        List<Integer> rest = settings.units().subList(first, settings.units().size());
        if (!rest.isEmpty() && deadline.leftNanos() > 0) {
            scan(answering.isEmpty() ? settings.lines() : answering, rest, found);
        }
        if (refused.size() == settings.lines().size()) {
            throw new IOException(refused.values().iterator().next());
        }
        String left = deadline.leftNanos() > 0
                ? ""
                : "not all was asked within " + deadline + where()
                        + ": give it longer with --for, or less to ask with units=1-10 or baud=9600";
        if (seen.isEmpty() && !left.isEmpty()) {
            throw new IOException(left + (hint().isEmpty() ? "" : "; " + hint()));
        }
        return left.isEmpty() ? hint() : left;
    }

    /** Asks units at each setting, until somebody has answered at one; says which that is. */
    private List<BusAddress> scan(List<BusAddress> candidates, List<Integer> units, Consumer<ProbedUnit> found)
            throws IOException {
        for (BusAddress candidate : candidates) {
            if (deadline.leftNanos() == 0) {
                break;
            }
            if (!refused.containsKey(candidate) && scan(candidate, units, found)) {
                return List.of(candidate);
            }
        }
        return List.of();
    }

    private boolean scan(BusAddress candidate, List<Integer> units, Consumer<ProbedUnit> found) throws IOException {
        int before = seen.size();
        try (Line line = lines.open(candidate, shorter(OPENING))) {
            for (int unit : units) {
                if (deadline.leftNanos() == 0) {
                    break;
                }
                progress.accept("asking unit " + unit + " at " + ProbedUnit.place(candidate) + where());
                Optional<String> proof = proof(line, candidate, unit);
                if (proof.isPresent()) {
                    ProbedUnit one = read(line, candidate, unit, proof.get());
                    // Many a device on a network answers to whatever unit it is called.
                    boolean any = candidate.kind() == BusAddress.Kind.TCP;
                    found.accept(any ? one.beside(seen) : one);
                    seen.add(one);
                }
            }
        } catch (AnswerException busy) {
            throw busy;
        } catch (IOException failed) {
            if (candidate.kind() != BusAddress.Kind.RTU) {
                throw failed;
            }
            // Open for a device with other settings, or gone: the next setting will tell.
            refused.put(candidate, failed.getMessage());
        }
        return seen.size() > before;
    }

    private Optional<String> proof(Line line, BusAddress candidate, int unit) throws IOException {
        asked++;
        try {
            ask(line, candidate, unit, RegisterScan.request(3, 0, 1), CHARACTERS);
            return Optional.of("answers");
        } catch (ModbusException refusal) {
            // What stands between us and the line says so of itself (MODBUS Application Protocol V1.1b3, section 7).
            boolean itself = refusal.code() != ModbusException.NO_PATH && refusal.code() != ModbusException.NO_TARGET;
            return itself ? Optional.of("answers " + refusal.getMessage()) : Optional.empty();
        } catch (BadChecksumException unreadable) {
            damaged++;
            return Optional.empty();
        } catch (NoAnswerException silent) {
            return Optional.empty();
        } catch (AnswerException wrong) {
            trouble = wrong.getMessage();
            return Optional.empty();
        }
    }

    private ProbedUnit read(Line line, BusAddress candidate, int unit, String proof) throws IOException {
        progress.accept("unit " + unit + " at " + ProbedUnit.place(candidate) + " answers: reading its registers");
        RegisterScan scan = new RegisterScan((pdu, characters) -> retried(line, candidate, unit, pdu, characters));
        try {
            return new ProbedUnit(candidate, unit, proof, scan.read(settings.ranges()), OptionalInt.empty());
        } catch (AnswerException gone) {
            return new ProbedUnit(
                    candidate, unit, proof + "; then " + gone.getMessage(), Map.of(), OptionalInt.empty());
        }
    }

    /** Once more where nothing came: a line that is searched is not always a good one. */
    private byte[] retried(Line line, BusAddress candidate, int unit, byte[] pdu, int characters) throws IOException {
        try {
            return ask(line, candidate, unit, pdu, characters);
        } catch (NoAnswerException | BadChecksumException again) {
            return ask(line, candidate, unit, pdu, characters);
        }
    }

    private byte[] ask(Line line, BusAddress candidate, int unit, byte[] pdu, int characters) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("the search was cancelled");
        }
        long wire = candidate.serial().map(port -> port.nanosOf(characters)).orElse(0L);
        return line.exchange(unit, pdu, shorter(settings.patience().plusNanos(wire)));
    }

    private Duration shorter(Duration wanted) {
        return wanted.compareTo(deadline.left()) < 0 ? wanted : deadline.left();
    }

    private String where() {
        int all = settings.lines().size() * settings.units().size();
        return " (" + asked + " of at most " + all + " asked)";
    }

    private String hint() {
        String unreadable =
                damaged == 0 ? "" : damaged + " answers came with a bad checksum: another baud rate or parity?";
        return unreadable + (unreadable.isEmpty() || trouble.isEmpty() ? "" : "; ") + trouble;
    }
}
