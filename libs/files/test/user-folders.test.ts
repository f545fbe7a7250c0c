// The folders of a user on each system.

import test from 'ava';
import { UserFoldersError, userFolders, xdgFolders } from '../src/index.ts';

interface SystemCase {
  readonly platform: NodeJS.Platform;
  readonly env?: Readonly<Record<string, string>>;
  readonly home?: string;
}

const systemOf = ({ platform, env = {}, home = '' }: SystemCase) => ({
  ...{ platform, env },
  findHome: () => home,
});

for (const [what, system, folders] of [
  [
    'on Linux the folders are those of the XDG specification below the home folder',
    { platform: 'linux', home: '/home/a b' },
    {
      data: '/home/a b/.local/share/digits',
      state: '/home/a b/.local/state/digits',
      config: '/home/a b/.config/digits',
      cache: '/home/a b/.cache/digits',
    },
  ],
  [
    'the variables of the XDG specification replace them, and need no home folder',
    {
      platform: 'linux',
      env: {
        ...{ XDG_DATA_HOME: '/d', XDG_STATE_HOME: '/s', XDG_CONFIG_HOME: '/c' },
        XDG_CACHE_HOME: '/tmp/cache',
      },
    },
    { data: '/d/digits', state: '/s/digits', config: '/c/digits', cache: '/tmp/cache/digits' },
  ],
  [
    'relative paths in the variables are ignored, and so are empty ones',
    {
      platform: 'freebsd',
      env: { XDG_DATA_HOME: 'd', XDG_STATE_HOME: '', XDG_CONFIG_HOME: './c' },
      home: '/h',
    },
    {
      data: '/h/.local/share/digits',
      state: '/h/.local/state/digits',
      config: '/h/.config/digits',
      cache: '/h/.cache/digits',
    },
  ],
  [
    'on macOS the folders are in Library, also where XDG variables are set',
    { platform: 'darwin', env: { XDG_DATA_HOME: '/d' }, home: '/Users/a' },
    {
      data: '/Users/a/Library/Application Support/digits',
      state: '/Users/a/Library/Application Support/digits',
      config: '/Users/a/Library/Application Support/digits',
      cache: '/Users/a/Library/Caches/digits',
    },
  ],
  [
    'on Windows settings roam, and the rest stays on the machine',
    {
      platform: 'win32',
      env: { LOCALAPPDATA: 'D:\\Local', APPDATA: 'D:\\Roaming' },
      home: 'C:\\Users\\a',
    },
    {
      data: 'D:\\Local\\digits',
      state: 'D:\\Local\\digits',
      config: 'D:\\Roaming\\digits',
      cache: 'D:\\Local\\digits\\Cache',
    },
  ],
  [
    'on Windows without the variables the folders are below the home folder',
    { platform: 'win32', home: 'C:\\Users\\a' },
    {
      data: 'C:\\Users\\a\\AppData\\Local\\digits',
      state: 'C:\\Users\\a\\AppData\\Local\\digits',
      config: 'C:\\Users\\a\\AppData\\Roaming\\digits',
      cache: 'C:\\Users\\a\\AppData\\Local\\digits\\Cache',
    },
  ],
] as const satisfies readonly (readonly [string, SystemCase, object])[]) {
  test(what, t => {
    t.deepEqual({ ...userFolders('digits', systemOf(system)) }, folders);
  });
}

test('the folders of the XDG specification are to be had on every system', t => {
  const mac = systemOf({ platform: 'darwin', home: '/Users/a' });
  t.is(xdgFolders('digits', mac).config, '/Users/a/.config/digits');
});

test('without a home folder each folder that needs one is an error that names the variable', t => {
  const failing = () => {
    throw new Error('ENOENT: no such user');
  };
  for (const findHome of [() => '', () => 'relative', failing]) {
    const folders = userFolders('digits', { platform: 'linux', env: {}, findHome });
    const error = t.throws(() => folders.data, { instanceOf: UserFoldersError });
    t.is(error.code, 'no-home');
    t.regex(error.message, /set HOME/);
  }
  const windows = userFolders('digits', systemOf({ platform: 'win32' }));
  t.regex(t.throws(() => windows.state).message, /set USERPROFILE/);
});
