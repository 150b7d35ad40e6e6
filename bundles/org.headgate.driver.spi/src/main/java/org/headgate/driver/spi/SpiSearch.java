package org.headgate.driver.spi;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Discovered;
import org.headgate.device.api.Discovery;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.linux.SpiNode;
import org.headgate.linux.SpiNodes;

/** Lists the chip selects. Nothing is sent: what is behind them would not say whether it is there. */
final class SpiSearch implements Discovery {
    private final SpiNodes nodes;

    SpiSearch(SpiNodes nodes) {
        this.nodes = nodes;
    }

    @Override
    public String where() {
        return "";
    }

    @Override
    public void search(DeviceSettings place, Consumer<Discovered> found) throws InvalidSettingException, IOException {
        place.requireKnown(List.of(), "no options: nothing is sent");
        for (SpiNode node : nodes.all()) {
            String address = "spi" + node.bus() + "." + node.chipSelect();
            found.accept(new Discovered(
                    "spi" + node.bus() + "-" + node.chipSelect(),
                    address,
                    "chip select " + node.chipSelect() + " of bus spi" + node.bus(),
                    "what is there cannot be found out: device:add NAME spi " + address + " profile=...",
                    Map.of(),
                    List.of()));
        }
    }
}
