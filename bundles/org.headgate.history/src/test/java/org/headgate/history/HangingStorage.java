package org.headgate.history;

import java.io.IOException;
import java.util.List;
import org.headgate.system.api.Storage;
import org.headgate.system.api.StorageFile;
import org.headgate.system.api.kit.SimulatedSystem;

/** A disk that hangs as soon as a file is to be made. */
record HangingStorage(Storage disk) implements Storage {
    @Override
    public StorageFile open(String name) {
        throw new SimulatedSystem.Hang();
    }

    @Override
    public List<String> list() throws IOException {
        return disk.list();
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
    public Storage folder(String name) throws IOException {
        return new HangingStorage(disk.folder(name));
    }
}
