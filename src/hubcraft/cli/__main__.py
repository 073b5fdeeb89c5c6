"""`python -m hubcraft.cli <command>`; bin/hubcraft calls this."""

from hubcraft.cli.front import main

if __name__ == "__main__":
    main()
