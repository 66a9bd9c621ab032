int FromFile(int n) => n * 100;
