#!/usr/bin/python3
"""The peer that `make bench` measures reading and storing lists against: openpyxl.

  list_peer.py make FILE       writes 100,000 made-up people in ten columns
  list_peer.py read FILE       reads every row, read-only
  list_peer.py store FILE DB   reads them and stores plain rows with sqlite3
"""
import os
import random
import sqlite3
import sys

import openpyxl

HEADER = ["STT", "Họ và tên", "Giới tính", "Ngày sinh", "Số điện thoại", "Số CCCD", "Đơn vị", "Chức vụ", "Dân tộc", "Ghi chú"]


def make(path):
    rng = random.Random(1)
    families = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "A", "Y", "Rơ Châm", "Siu"]
    middles = ["Văn", "Thị", "Đình", "Hữu", "Ngọc", "Xuân", "Minh", "Thanh"]
    given = ["An", "Bình", "Chi", "Dung", "Hạnh", "Phước", "Quang", "Sơn", "Tâm", "Uyên", "Vinh", "Yến", "Blan", "Mlanh", "Thoong"]
    units = ["Xã Đăk Hà", "Xã Đăk Ui", "Công ty TNHH Nắng Kơ Nia", "Trường THCS Ngọc Yên", "UBND xã Mô Rai"]
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Danh sách")
    sheet.append(HEADER)
    for i in range(100_000):
        born = "%02d/%02d/%d" % (1 + rng.randrange(28), 1 + rng.randrange(12), 1945 + rng.randrange(60))
        sheet.append([
            i + 1, " ".join([rng.choice(families), rng.choice(middles), rng.choice(given)]), rng.choice(["Nam", "Nữ"]), born,
            900_000_000 + i, "%012d" % (61_000_000_000 + i * 7), rng.choice(units), rng.choice(["Công nhân", "Nông dân", "Kế toán", "Giáo viên"]),
            rng.choice(["Kinh", "Xơ-đăng", "Ba-na"]), "x",
        ])
    book.save(path)


def rows(path):
    return openpyxl.load_workbook(path, read_only=True).worksheets[0].iter_rows(values_only=True)


def store(path, database):
    if os.path.exists(database):
        os.remove(database)
    db = sqlite3.connect(database)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=FULL")
    db.execute("CREATE TABLE person (a, b, c, d, e, f, g, h, i, j)")
    all_rows = rows(path)
    next(all_rows)
    with db:
        db.executemany("INSERT INTO person VALUES (?,?,?,?,?,?,?,?,?,?)", all_rows)
    db.close()


if sys.argv[1] == "make":
    make(sys.argv[2])
elif sys.argv[1] == "read":
    print(sum(1 for _ in rows(sys.argv[2])))
elif sys.argv[1] == "store":
    store(sys.argv[2], sys.argv[3])
else:
    sys.exit(__doc__)
