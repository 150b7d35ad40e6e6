package org.headgate.device.runtime;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.headgate.config.api.Texts;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Discovered;
import org.headgate.device.api.Discoveries;
import org.headgate.device.api.Discovery;
import org.headgate.device.api.Driver;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Outcome;

/**
 * The search of one place: asks the driver for the bus, waits for a turn there, lets it search, and takes what it tells until the patience
 * is over. Lives on a loop of its own; what is found comes from the thread that searches.
 */
final class PlaceSearch {
    /** A server may have a million nodes: the console and the memory cannot take them all. */
    private static final int MOST = 10_000;

    /** A driver ends its search by itself when the patience is over; only one that does not is abandoned, so much later. */
    static final Duration MARGIN = Duration.ofSeconds(2);

    private final World world;
    private final Driver driver;
    private final Discovery discovery;
    private final DeviceSettings place;
    private final Loop loop;
    private final List<Discovered> found = new ArrayList<>();
    private final CompletableFuture<Discoveries> answer = new CompletableFuture<>();
    private boolean over;
    private boolean begun;
    private boolean cancelled;
    private Optional<Thread> searching = Optional.empty();

    PlaceSearch(World world, Driver driver, Discovery discovery, DeviceSettings place) {
        this.world = world;
        this.driver = driver;
        this.discovery = discovery;
        this.place = place;
        this.loop = world.scheduler().loop("discover:" + driver.name());
    }

    /** Begins; the answer never fails. */
    CompletableFuture<Discoveries> start() {
        call(() -> driver.bus(place), () -> {}, outcome -> {
            if (outcome.failure().isPresent()) {
                end(outcome.failure());
            } else {
                await(outcome.value().orElse(""));
            }
        });
        return answer;
    }

    /** Nobody waits any more: a search that has not begun never does, one that has is interrupted, and keeps the bus until it returns. */
    void cancel() {
        synchronized (this) {
            cancelled = true;
            searching.ifPresent(Thread::interrupt);
        }
        // On the loop, where it cannot come between the question for the bus and its answer.
        loop.execute(() -> end(Optional.of(new CancellationException("the search was cancelled"))));
    }

    private void await(String bus) {
        Turns.Turn turn = world.buses().bus(bus).place(loop);
        answer.whenComplete((ended, failure) -> turn.leave());
        loop.schedule(place.timeout(), () -> {
            if (!begun) {
                end(Optional.of(new IOException("the bus " + bus + " was busy all the time")));
            }
        });
        turn.ask(Turns.Rank.READ, world.clock().monotonicNanos(), () -> {
            begun = true;
            call(this::search, turn::release, outcome -> end(outcome.failure()));
        });
    }

    private boolean search() throws InvalidSettingException, IOException {
        synchronized (this) {
            if (over || cancelled) {
                return false;
            }
            searching = Optional.of(Thread.currentThread());
        }
        try {
            discovery.search(place, this::take);
            return true;
        } finally {
            synchronized (this) {
                searching = Optional.empty();
                // The thread goes on to the calls of others.
                Thread.interrupted();
            }
        }
    }

    private <T> void call(Callable<T> body, Runnable release, Consumer<Outcome<T>> then) {
        Duration most = place.timeout().plus(MARGIN);
        world.calls().submit("discover:" + driver.name(), body, most, Runnable::run, outcome -> {
            release.run();
            loop.execute(() -> then.accept(outcome));
        });
    }

    private synchronized void take(Discovered one) {
        if (cancelled) {
            // The way out of a driver's search for one that no interrupt wakes.
            throw new CancellationException("the search was cancelled");
        }
        if (!over && found.size() <= MOST) {
            found.add(one);
        }
    }

    private synchronized void end(Optional<Exception> failure) {
        if (over) {
            return;
        }
        over = true;
        List<String> failures = new ArrayList<>();
        failure.ifPresent(why -> failures.add(line(why)));
        if (found.size() > MOST) {
            found.remove(MOST);
            failures.add(at() + "there is more than " + MOST + "; search a part of it");
        }
        answer.complete(new Discoveries(found, failures));
        loop.close();
    }

    private String line(Exception failure) {
        if (failure instanceof TimeoutException) {
            return at() + "not searched to the end within " + Texts.print(place.timeout()) + "; --for gives it longer";
        }
        // What is wrong with the address names it already.
        return failure instanceof InvalidSettingException
                ? Failures.lineOfSearch(failure)
                : at() + Failures.line(failure);
    }

    private String at() {
        return place.address().isEmpty() ? "" : place.address() + ": ";
    }
}
