package org.headgate.command.router;

import java.io.IOException;
import java.util.List;
import org.headgate.system.api.Storage;
import org.headgate.system.api.StorageFile;
import org.headgate.system.api.kit.SimulatedSystem;

/** A disk that does not answer when a folder of it is asked for. */
record HangingStorage(Storage disk) implements Storage {
    @Override
    public List<String> list() throws IOException {
        return disk.list();
    }

    @Override
    public StorageFile open(String name) throws IOException {
        return disk.open(name);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        disk.rename(from, to);
    }

    @Override
    public void delete(String name) throws IOException {
        disk.delete(name);
    }

    @Override
    public void syncFolder() throws IOException {
        disk.syncFolder();
    }

    @Override
    public long freeBytes() throws IOException {
        return disk.freeBytes();
    }

    @Override
    public Storage folder(String name) {
        throw new SimulatedSystem.Hang();
    }
}
