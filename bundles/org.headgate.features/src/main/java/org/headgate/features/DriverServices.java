package org.headgate.features;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.headgate.device.api.Driver;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The drivers that are offered now, by the bundles that offer them. Thread-safe; drops every reference to what leaves. */
@Component(service = DriverServices.class)
public final class DriverServices {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** By the service's id. */
    private final Map<Long, Offer> offers = new HashMap<>();

    private long changes;

    private record Offer(long bundle, Driver driver) {}

    @Reference(
            service = Driver.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "remove")
    void add(Driver driver, Map<String, Object> properties) {
        lock.lock();
        try {
            offers.put(id(properties), new Offer((Long) properties.get(Constants.SERVICE_BUNDLEID), driver));
            changes++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void remove(Driver driver, Map<String, Object> properties) {
        lock.lock();
        try {
            offers.remove(id(properties));
        } finally {
            lock.unlock();
        }
    }

    /** Waits until one of these bundles offers a driver of that name. */
    boolean await(String name, Set<Long> bundles, Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        long seen = -1;
        do {
            List<Driver> candidates;
            lock.lockInterruptibly();
            try {
                while (seen == changes && left > 0) {
                    left = changed.awaitNanos(left);
                }
                seen = changes;
                candidates = of(bundles);
            } finally {
                lock.unlock();
            }
            // A driver's own code runs here, so outside of the lock.
            if (candidates.stream().anyMatch(driver -> name.equals(nameOf(driver)))) {
                return true;
            }
        } while (left > 0);
        return false;
    }

    private List<Driver> of(Set<Long> bundles) {
        return offers.values().stream()
                .filter(offer -> bundles.contains(offer.bundle))
                .map(Offer::driver)
                .toList();
    }

    private static String nameOf(Driver driver) {
        try {
            return driver.name();
        } catch (RuntimeException | LinkageError broken) {
            return "";
        }
    }

    private static long id(Map<String, Object> properties) {
        return (Long) properties.get(Constants.SERVICE_ID);
    }
}
