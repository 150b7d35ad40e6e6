package org.headgate.rule.engine;

import java.util.Map;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.Gateway;
import org.headgate.config.api.HomeFiles;
import org.headgate.config.api.Instance;
import org.headgate.device.api.Devices;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** One file {@code headgate.table-NAME.cfg}: it lives as long as the table is configured so. */
@Component(
        service = ConfiguredTable.class,
        immediate = true,
        configurationPid = "headgate.table",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class ConfiguredTable {
    private final LiveTables tables;
    private final LiveTable table;

    /** Adds the table. */
    @Activate
    public ConfiguredTable(
            Map<String, Object> properties,
            @Reference LiveTables tables,
            @Reference Gateway gateway,
            @Reference Devices devices,
            @Reference Configurations configurations) {
        this(properties, tables, new HomeFiles(gateway.home()), devices, configurations);
    }

    ConfiguredTable(
            Map<String, Object> properties,
            LiveTables tables,
            HomeFiles files,
            Devices devices,
            Configurations configurations) {
        Instance instance = Instance.of(properties);
        TableSettings settings = TableSettings.of(instance.settings());
        this.tables = tables;
        this.table = new LiveTable(instance, settings, settings.source(files, devices, configurations));
        tables.add(table);
    }

    /** Takes the table away. */
    @Deactivate
    public void close() {
        tables.remove(table);
    }
}
