package org.headgate.driver.gpio;

import com.pi4j.context.Context;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Discovery;
import org.headgate.device.api.Driver;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.linux.GpioChips;
import org.headgate.linux.Kernel;
import org.headgate.stream.api.Events;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Scheduler;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The lines of this machine's GPIO chips, through Pi4J. */
@Component
public final class GpioDriver implements Driver {
    /** The driver's name. */
    static final String NAME = "gpio";

    private final Opening.World world;

    /** A driver on the chips that this kernel has. */
    @Activate
    public GpioDriver(
            @Reference Context context,
            @Reference Clock clock,
            @Reference Scheduler scheduler,
            @Reference Calls calls,
            @Reference Events events) {
        this(context, Kernel.gpioChips(), clock, scheduler, calls, events);
    }

    GpioDriver(Context context, GpioChips chips, Clock clock, Scheduler scheduler, Calls calls, Events events) {
        world = new Opening.World(new Board(context), new Chips(chips), clock, scheduler, calls, events);
    }

    @Override
    public String name() {
        return NAME;
    }

    /** None of itself: nobody knows what a line is wired to. */
    @Override
    public List<Channel> channels(DeviceSettings settings) throws InvalidSettingException {
        checkAddress(settings);
        return List.of();
    }

    @Override
    public void check(DeviceSettings settings) throws InvalidSettingException {
        checkAddress(settings);
        settings.requireKnown(List.of(), "no settings of the driver's own; a line's stand in its channel");
        Opening.parse(settings);
    }

    @Override
    public Optional<Discovery> discovery() {
        return Optional.of(new ChipDiscovery(world.chips()));
    }

    @Override
    public Connection open(DeviceSettings settings) throws InvalidSettingException, IOException {
        check(settings);
        return new Opening(world, settings).open();
    }

    private static void checkAddress(DeviceSettings settings) throws InvalidSettingException {
        if (settings.address().isBlank()) {
            throw new InvalidSettingException("address", settings.address(), Chips.EXPECTED);
        }
    }
}
