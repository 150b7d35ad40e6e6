package org.headgate.driver.simulator;

import java.io.IOException;
import java.util.List;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.Readings;

/** A way to a machine, with whatever the fault script does to it. */
final class SimulatedConnection implements Connection {
    private final Machine machine;
    private final Gate gate;
    private final Runnable whenClosed;
    private final long opened;
    private boolean broken;
    private boolean closed;

    SimulatedConnection(Machine machine, Gate gate, Runnable whenClosed) {
        this.machine = machine;
        this.gate = gate;
        this.whenClosed = whenClosed;
        this.opened = machine.elapsed();
    }

    /** Fails when the script refuses connections now. */
    static void knock(Machine machine) throws IOException {
        for (Fault fault : machine.script().at(machine.elapsed())) {
            if (fault.kind() == Fault.Kind.REFUSE) {
                throw new IOException("connection refused (by the fault script)");
            }
        }
    }

    @Override
    public void read(List<Channel> channels, Readings into) throws IOException {
        pass();
        long now = machine.elapsed();
        List<Fault> faults = machine.script().at(now);
        synchronized (machine) {
            checkOpen();
            machine.plant().advance(now);
            for (int i = 0; i < channels.size(); i++) {
                Channel channel = channels.get(i);
                if (has(faults, Fault.Kind.GARBAGE, "")) {
                    Garbage.show(channel.name(), now, i, into);
                } else if (has(faults, Fault.Kind.BAD, channel.name())) {
                    into.bad(i, "bad by the fault script");
                } else {
                    machine.plant().read(i, channel, into);
                }
            }
        }
    }

    @Override
    public void write(Channel channel, Object value) throws IOException {
        pass();
        long now = machine.elapsed();
        if (has(machine.script().at(now), Fault.Kind.GARBAGE, "")) {
            throw new IOException("the answer makes no sense (by the fault script)");
        }
        synchronized (machine) {
            checkOpen();
            machine.plant().advance(now);
            machine.plant().write(channel, value);
        }
    }

    @Override
    public void close() {
        synchronized (machine) {
            if (closed) {
                return;
            }
            closed = true;
        }
        gate.open();
        whenClosed.run();
    }

    /** Lets a call through, late or not at all. */
    private void pass() throws IOException {
        long now = machine.elapsed();
        long hold = 0;
        for (Fault fault : machine.script().at(now)) {
            switch (fault.kind()) {
                case REFUSE -> breakOff();
                case FLAP -> {
                    if (opened < machine.script().lastBreak(fault, now)) {
                        breakOff();
                    }
                }
                case TIMEOUT -> hold = Math.max(hold, machine.script().left(fault, now));
                case SLOW -> hold = Math.max(hold, fault.delay());
                default -> {}
            }
        }
        synchronized (machine) {
            checkOpen();
        }
        if (hold > 0) {
            gate.hold(hold);
        }
    }

    private void breakOff() {
        synchronized (machine) {
            broken = true;
        }
    }

    private void checkOpen() throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        if (broken) {
            throw new IOException("the connection broke (by the fault script)");
        }
    }

    private static boolean has(List<Fault> faults, Fault.Kind kind, String channel) {
        for (Fault fault : faults) {
            if (fault.kind() == kind && fault.channel().equals(channel)) {
                return true;
            }
        }
        return false;
    }
}
